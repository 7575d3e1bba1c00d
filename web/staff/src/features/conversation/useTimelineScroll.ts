import { useEffect, useLayoutEffect, useRef, useState, type RefObject } from "react";
import type { StaffMessage } from "@/api/types";
import { showFirstNew, showMessage, TimelineAnchor } from "./timelineAnchor";

const NEAR_END_PX = 48;
/** A page further on is asked for so many screens before its place is reached. */
const AHEAD_SCREENS = 1.5;

export interface TimelineScroll {
  scrollRef: RefObject<HTMLDivElement | null>;
  onScroll: () => void;
  /** The newest message that has been on the screen. */
  seenId: string | null;
  /** How many messages by others arrived below what the reader is looking at. */
  waiting: number;
  toEnd: () => void;
}

interface TimelineScrollOptions {
  messages: StaffMessage[];
  ownId: string;
  /** The message that the conversation was opened at. */
  hitId?: string;
  /** Messages newer than those that are loaded exist. */
  hasNewer: boolean;
  onNearStart: () => void;
  onNearEnd: () => void;
  /** The way to the newest messages when they are not loaded. */
  onNewest: () => Promise<void>;
}

/** Follows new messages only for a reader who is at the end; anybody else keeps their place and gets a button. */
export function useTimelineScroll(options: TimelineScrollOptions): TimelineScroll {
  const { messages, ownId, hitId, hasNewer, onNewest } = options;
  const scrollRef = useRef<HTMLDivElement>(null);
  const [anchor] = useState(() => new TimelineAnchor());
  const newest = messages.at(-1);
  const newestId = newest?.id ?? null;
  const [seenId, setSeenId] = useState<string | null>(hitId || hasNewer ? null : newestId);
  const atEnd = useRef(hitId === undefined);
  const openedAt = useRef<string | null | undefined>(undefined);
  const lastNewest = useRef(newestId);
  const latest = useRef(options);
  useEffect(() => {
    latest.current = options;
  });

  const onScroll = () => {
    const scroller = scrollRef.current;
    if (!scroller || scroller.clientHeight === 0) return;
    const below = Math.abs(scroller.scrollTop);
    const above = scroller.scrollHeight - scroller.clientHeight - below;
    const ahead = scroller.clientHeight * AHEAD_SCREENS;
    const { onNearStart, onNearEnd, hasNewer: newer, messages: shown } = latest.current;
    atEnd.current = below < NEAR_END_PX && !newer;
    if (atEnd.current) setSeenId(shown.at(-1)?.id ?? null);
    anchor.remember(scroller);
    if (above < ahead) onNearStart();
    if (newer && below < ahead) onNearEnd();
  };

  useLayoutEffect(() => {
    const scroller = scrollRef.current;
    if (!scroller || newestId === null) return;
    const isFirst = openedAt.current === undefined;
    if (isFirst || (hitId && openedAt.current !== hitId)) {
      if (hitId && showMessage(scroller, hitId)) atEnd.current = false;
      else if (isFirst) {
        showFirstNew(scroller);
        atEnd.current = Math.abs(scroller.scrollTop) < NEAR_END_PX && !hasNewer;
      }
      openedAt.current = hitId ?? null;
    } else if (lastNewest.current !== newestId && newest?.senderId === ownId && !hasNewer) atEnd.current = true;
    lastNewest.current = newestId;
    if (atEnd.current && !isFirst) scroller.scrollTop = 0;
    else if (!isFirst) anchor.hold(scroller);
    anchor.remember(scroller);
    if (atEnd.current && !hasNewer) setSeenId(newestId);
  }, [messages, newest, newestId, ownId, hitId, hasNewer, anchor]);

  // Pictures and corrections change heights below what is read, and a short page leaves room for the next.
  useEffect(() => {
    const scroller = scrollRef.current;
    const content = scroller?.firstElementChild;
    if (!scroller || !content) return;
    const resize = new ResizeObserver(() => {
      if (!atEnd.current) anchor.hold(scroller);
      const { scrollHeight, clientHeight, scrollTop } = scroller;
      if (clientHeight > 0 && scrollHeight - clientHeight - Math.abs(scrollTop) < clientHeight * AHEAD_SCREENS) latest.current.onNearStart();
    });
    resize.observe(content);
    return () => resize.disconnect();
  }, [anchor]);

  const toEnd = async () => {
    if (hasNewer) await onNewest();
    scrollRef.current?.scrollTo({ top: 0 });
    atEnd.current = true;
    setSeenId(latest.current.messages.at(-1)?.id ?? null);
  };
  useEffect(() => {
    if (seenId === null && newestId !== null && !hasNewer && !hitId) setSeenId(newestId);
  }, [seenId, newestId, hasNewer, hitId]);

  const seenAt = messages.findIndex((message) => message.id === seenId);
  const waiting = messages.slice(seenAt + 1).filter((message) => message.senderId !== ownId).length;
  return { scrollRef, onScroll, seenId, waiting: seenAt < 0 ? 0 : waiting, toEnd: () => void toEnd() };
}
