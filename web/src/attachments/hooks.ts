import { queryOptions, useQuery } from "@tanstack/react-query";
import { useCallback, useEffect, useRef, useState, useSyncExternalStore, type RefObject } from "react";
import type { Rendition } from "@/api/attachments";
import type { Attachment } from "@/api/types";
import { useAttachments, type Attachments } from "./context";
import type { Picture } from "./pictures";
import type { DraftFiles } from "./uploadState";

/** What may be attached. Asked once; until it is known the server alone decides. */
export function limitsOptions({ calls }: Attachments) {
  return queryOptions({
    queryKey: ["attachment-limits"],
    queryFn: ({ signal }) => calls.limits(signal),
    staleTime: Infinity,
    gcTime: Infinity,
  });
}

export function useLimits() {
  return useQuery(limitsOptions(useAttachments())).data;
}

/** The files of one draft, re-rendering when they change. What was stopped goes on. */
export function useDraftFiles(name: string): DraftFiles {
  const { uploads } = useAttachments();
  useEffect(() => uploads.resume(name), [uploads, name]);
  return useSyncExternalStore(uploads.subscribe, () => uploads.of(name));
}

/** A picture of the server's, for as long as the component stands. */
export function usePicture(id: string, rendition: Rendition, wanted = true): Picture & { again: () => void } {
  const { pictures } = useAttachments();
  const [tries, setTries] = useState(0);
  const again = useCallback(() => setTries((count) => count + 1), []);
  useEffect(() => (wanted ? pictures.hold(id, rendition) : undefined), [pictures, id, rendition, wanted, tries]);
  const picture = useSyncExternalStore(pictures.subscribe, () => pictures.of(id, rendition));
  return { ...picture, again };
}

/** A file of this device as a picture. The address lives as long as the component. */
export function useOwnPicture(file: File, wanted: boolean): string | null {
  const [url, setUrl] = useState<string | null>(null);
  useEffect(() => {
    if (!wanted) return;
    const made = URL.createObjectURL(file);
    setUrl(made);
    return () => {
      setUrl(null);
      URL.revokeObjectURL(made);
    };
  }, [file, wanted]);
  return url;
}

const FIRST_CHECK_MS = 1_000;
const SLOWEST_CHECK_MS = 15_000;

/** Asks after files that are being checked, less and less often, and only while somebody can see the answer. */
export function useChecks(ids: readonly string[], onState: (file: Attachment) => void): void {
  const { calls } = useAttachments();
  const latest = useRef(onState);
  useEffect(() => {
    latest.current = onState;
  });
  const key = ids.join(" ");
  useEffect(() => {
    if (key === "") return;
    const gone = new AbortController();
    let delay = FIRST_CHECK_MS;
    let timer: ReturnType<typeof setTimeout>;
    const ask = async () => {
      if (document.visibilityState === "visible")
        await Promise.all(
          key.split(" ").map((id) =>
            calls.status(id, gone.signal).then((file) => {
              if (!gone.signal.aborted) latest.current(file);
            }, () => undefined),
          ),
        );
      if (gone.signal.aborted) return;
      delay = Math.min(delay * 1.6, SLOWEST_CHECK_MS);
      timer = setTimeout(() => void ask(), delay);
    };
    timer = setTimeout(() => void ask(), delay);
    return () => {
      clearTimeout(timer);
      gone.abort();
    };
  }, [key, calls]);
}

/** Whether an element is on the screen or about to be; once it was, it stays so. */
export function useNear<T extends Element>(): [RefObject<T | null>, boolean] {
  const ref = useRef<T>(null);
  const [near, setNear] = useState(typeof IntersectionObserver === "undefined");
  useEffect(() => {
    if (near || !ref.current) return;
    const observer = new IntersectionObserver(
      (entries) => entries.some((entry) => entry.isIntersecting) && setNear(true),
      { rootMargin: "300px" },
    );
    observer.observe(ref.current);
    return () => observer.disconnect();
  }, [near]);
  return [ref, near];
}

/** Fetches a file and hands it to the browser's downloads. */
export function useDownload() {
  const { calls, pictures } = useAttachments();
  const [state, setState] = useState<"idle" | "busy" | "done" | "failed">("idle");
  const download = async ({ id, filename }: Pick<Attachment, "id" | "filename">) => {
    if (state === "busy") return;
    setState("busy");
    try {
      const { session } = pictures;
      const bytes = await calls.bytes(id, "full", session);
      if (session.aborted) return;
      pictures.offer(bytes, filename);
      setState("done");
    } catch {
      setState("failed");
    }
  };
  return { state, download };
}
