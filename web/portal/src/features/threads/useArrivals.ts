import { useEffect, useLayoutEffect, useRef, useState, type RefObject } from "react";
import type { PortalMessage } from "@/api/types";

/** A message that shows less than this at the window's lower edge has not been seen. */
const EDGE_PX = 48;

const elementOf = (log: HTMLElement | null, id: string) => log?.querySelector<HTMLElement>(`[data-message="${CSS.escape(id)}"]`);

const isBelow = (log: HTMLElement | null, id: string) =>
  (elementOf(log, id)?.getBoundingClientRect().top ?? 0) > window.innerHeight - EDGE_PX;

/**
 * What others wrote while the conversation is open. Nothing scrolls: what came in below the window waits until the
 * reader goes there.
 */
export function useArrivals(messages: PortalMessage[], following: boolean, log: RefObject<HTMLElement | null>) {
  const [arrived, setArrived] = useState<PortalMessage[]>([]);
  const [unseen, setUnseen] = useState<string[]>([]);
  const known = useRef({ id: messages.at(-1)?.id, following });
  useLayoutEffect(() => {
    const { id, following: was } = known.current;
    known.current = { id: messages.at(-1)?.id, following };
    const at = messages.findIndex((message) => message.id === id);
    if (!was || !following || at < 0) return;
    const fresh = messages.slice(at + 1).filter(({ isOwn }) => !isOwn);
    if (fresh.length === 0) return;
    setArrived(fresh);
    setUnseen((before) => [...before, ...fresh.map((message) => message.id).filter((one) => isBelow(log.current, one))]);
  }, [messages, following, log]);

  const waits = unseen.length > 0;
  useEffect(() => {
    if (!waits) return;
    const look = () => setUnseen((before) => before.filter((id) => isBelow(log.current, id)));
    window.addEventListener("scroll", look, { passive: true });
    window.addEventListener("resize", look);
    return () => {
      window.removeEventListener("scroll", look);
      window.removeEventListener("resize", look);
    };
  }, [waits, log]);

  return {
    /** What came last, to be read out. */
    arrived,
    unseenCount: unseen.length,
    /** Goes to the first message that waits. */
    goThere: () => {
      const first = elementOf(log.current, unseen[0] ?? "");
      setUnseen([]);
      first?.scrollIntoView({ block: "center" });
      first?.focus({ preventScroll: true });
    },
  };
}
