import { useEffect, useRef } from "react";
import type { StaffMessage } from "@/api/types";
import { useVisible } from "../../app/useVisible";
import { openThreadAt, readMarks } from "../../data/threads";

/** Moves one's cursor along with what has been on the screen. */
export function useMarkRead(id: string, seenId: string | null): void {
  const visible = useVisible();
  const marked = useRef<string | null>(null);
  useEffect(() => {
    if (seenId === null || marked.current === seenId || !visible) return;
    marked.current = seenId;
    readMarks.mark(id, seenId);
  }, [id, seenId, visible]);
}

/** The message of the address is loaded with what stands around it, unless it is loaded already. Once for each. */
export function useOpenAt(id: string, messageId: string | undefined, messages: StaffMessage[]): void {
  const asked = useRef<string | undefined>(undefined);
  useEffect(() => {
    if (!messageId || asked.current === messageId || messages.length === 0) return;
    asked.current = messageId;
    // One that does not come leaves the conversation as it is.
    if (!messages.some((message) => message.id === messageId)) openThreadAt(id, messageId).catch(() => undefined);
  }, [id, messageId, messages]);
}
