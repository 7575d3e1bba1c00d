import { createContext, lazy, Suspense, use, useEffect, useMemo, useState, type ReactNode } from "react";
import { AttachmentCalls } from "@/api/attachments";
import type { ApiClient } from "@/api/client";
import type { Attachment } from "@/api/types";
import { Pictures } from "./pictures";
import { Uploads } from "./uploads";
import { addWords, type OwnWords } from "./words";

/** What one app has of files: its calls, its unsent uploads, the pictures on its screen. */
export interface Attachments {
  calls: AttachmentCalls;
  uploads: Uploads;
  pictures: Pictures;
  /** `answers`: all that was read. `all`: what was chosen to be sent too. */
  forget: (what: "answers" | "all") => void;
}

export function createAttachments(client: ApiClient, base: string): Attachments {
  const calls = new AttachmentCalls(client, base);
  const uploads = new Uploads(calls);
  const pictures = new Pictures(calls.bytes);
  const forget = (what: "answers" | "all") => {
    pictures.clear();
    if (what === "all") uploads.clear();
    else uploads.pause();
  };
  return { calls, uploads, pictures, forget };
}

/** A picture that can be looked at in full. */
export interface ViewerPicture extends Pick<Attachment, "id" | "filename" | "fileSize"> {
  /** When it was sent, already in the reader's words. */
  when?: string;
}

type OpenViewer = (pictures: readonly ViewerPicture[], id: string) => void;

const AttachmentsContext = createContext<Attachments | null>(null);
const ViewerContext = createContext<OpenViewer>(() => undefined);
const ScopeContext = createContext<readonly ViewerPicture[]>([]);

// Only who opens a photo downloads what shows it.
const Lightbox = lazy(async () => ({ default: (await import("./Lightbox")).Lightbox }));

/** A file that misses its target would take the page away, and every draft with it. */
function useDropGuard(): void {
  useEffect(() => {
    const keep = (event: DragEvent) => {
      if (!event.dataTransfer?.types.includes("Files") || event.defaultPrevented) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = "none";
    };
    window.addEventListener("dragover", keep);
    window.addEventListener("drop", keep);
    return () => {
      window.removeEventListener("dragover", keep);
      window.removeEventListener("drop", keep);
    };
  }, []);
}

/** Gives a page its files: calls, words, drafts and the viewer. */
export function AttachmentsProvider({ value, own, children }: { value: Attachments; own: OwnWords; children: ReactNode }) {
  addWords(own);
  useDropGuard();
  const [shown, setShown] = useState<{ pictures: readonly ViewerPicture[]; id: string } | null>(null);
  const open = useMemo<OpenViewer>(() => (pictures, id) => setShown({ pictures, id }), []);
  return (
    <AttachmentsContext value={value}>
      <ViewerContext value={open}>
        {children}
        {shown && (
          <Suspense>
            <Lightbox pictures={shown.pictures} firstId={shown.id} onClose={() => setShown(null)} />
          </Suspense>
        )}
      </ViewerContext>
    </AttachmentsContext>
  );
}

/** The pictures among which the viewer goes on from one below: those of the whole conversation. */
export function PictureScope({ pictures, children }: { pictures: readonly ViewerPicture[]; children: ReactNode }) {
  return <ScopeContext value={pictures}>{children}</ScopeContext>;
}

export function useAttachments(): Attachments {
  const attachments = use(AttachmentsContext);
  if (!attachments) throw new Error("no attachments here");
  return attachments;
}

/** Opens a picture among all those of its conversation, or among these. */
export function useViewer(): OpenViewer {
  const open = use(ViewerContext);
  const scope = use(ScopeContext);
  return (pictures, id) => open(scope.some((picture) => picture.id === id) ? scope : pictures, id);
}
