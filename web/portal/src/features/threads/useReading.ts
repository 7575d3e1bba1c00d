import { useEffect, useRef } from "react";
import type { PortalMessage } from "@/api/types";
import { readMarks } from "../../session/readMarks";

const MOVES = ["pointerdown", "keydown", "touchstart", "wheel"] as const;

/**
 * Marks a conversation read: at once when it opens, and what comes later at the reader's next movement.
 * A page that lies open unattended reads nothing, and keeps no session alive.
 */
export function useReading(threadId: string, newest: PortalMessage | undefined, unreadCount: number): void {
  const marked = useRef<string | null>(null);
  const newestId = newest?.id;
  useEffect(() => {
    if (!newestId || unreadCount === 0 || marked.current === newestId) return;
    const mark = () => {
      if (marked.current === newestId) return;
      marked.current = newestId;
      readMarks.mark(threadId, newestId);
    };
    if (marked.current === null && document.visibilityState === "visible") return mark();
    MOVES.forEach((move) => document.addEventListener(move, mark, { passive: true }));
    return () => MOVES.forEach((move) => document.removeEventListener(move, mark));
  }, [threadId, newestId, unreadCount]);
}
