import { useEffect, useLayoutEffect, useRef, useState, type RefObject } from "react";
import type { StaffMessage } from "@/api/types";

const NEAR_END_PX = 48;
const NEAR_START_PX = 240;

export interface TimelineScroll {
  scrollRef: RefObject<HTMLDivElement | null>;
  onScroll: () => void;
  /** The newest message that has been on the screen. */
  seenId: string | null;
  /** How many messages by others arrived below what the reader is looking at. */
  waiting: number;
  toEnd: () => void;
}

/** Space between a message and the end of the content: older pages above do not change it. */
function spaceBelow(scroller: HTMLElement, id: string): number | null {
  const element = scroller.querySelector(`[data-message="${CSS.escape(id)}"]`);
  const content = scroller.firstElementChild;
  if (!element || !content) return null;
  return content.getBoundingClientRect().bottom - element.getBoundingClientRect().bottom;
}

/**
 * Follows new messages only for a reader who is at the end; anybody else keeps their place and gets a button.
 * The scroller is laid out from its end (`column-reverse`): older pages above it never move what is shown.
 */
export function useTimelineScroll(messages: StaffMessage[], ownId: string, onNearStart: () => void): TimelineScroll {
  const scrollRef = useRef<HTMLDivElement>(null);
  const newest = messages.at(-1);
  const newestId = newest?.id ?? null;
  const [seenId, setSeenId] = useState<string | null>(newestId);
  const atEnd = useRef(true);
  const before = useRef<{ id: string | null; below: number }>({ id: newestId, below: 0 });
  const opened = useRef(false);

  useLayoutEffect(() => {
    const scroller = scrollRef.current;
    if (!scroller || newestId === null) return;
    if (!opened.current) {
      opened.current = true;
      showFirstNew(scroller);
      atEnd.current = Math.abs(scroller.scrollTop) < NEAR_END_PX;
    } else if (before.current.id !== newestId && before.current.id !== null) {
      if (newest?.senderId === ownId) {
        scroller.scrollTop = 0;
        atEnd.current = true;
      } else if (!atEnd.current) {
        const below = spaceBelow(scroller, before.current.id);
        if (below !== null) scroller.scrollTop -= below - before.current.below;
      }
    }
    before.current = { id: newestId, below: spaceBelow(scroller, newestId) ?? 0 };
    if (atEnd.current) setSeenId(newestId);
  }, [newest, newestId, ownId]);

  const toEnd = () => {
    scrollRef.current?.scrollTo({ top: 0 });
    atEnd.current = true;
    setSeenId(newestId);
  };
  const onScroll = () => {
    const scroller = scrollRef.current;
    if (!scroller) return;
    atEnd.current = Math.abs(scroller.scrollTop) < NEAR_END_PX;
    if (atEnd.current) setSeenId(newestId);
    const above = scroller.scrollHeight - scroller.clientHeight - Math.abs(scroller.scrollTop);
    if (above < NEAR_START_PX) onNearStart();
  };
  useEffect(() => {
    if (seenId === null && newestId !== null) setSeenId(newestId);
  }, [seenId, newestId]);

  const seenAt = messages.findIndex((message) => message.id === seenId);
  const waiting = messages.slice(seenAt + 1).filter((message) => message.senderId !== ownId).length;
  return { scrollRef, onScroll, seenId, waiting: seenAt < 0 ? 0 : waiting, toEnd };
}

/** A conversation opens at the "New" line where there is one, else at its end. */
function showFirstNew(scroller: HTMLElement): void {
  const line = scroller.querySelector<HTMLElement>(".day--unread");
  if (!line) return;
  const above = line.getBoundingClientRect().top - scroller.getBoundingClientRect().top;
  if (above < 0) scroller.scrollTop += above - 12;
}
