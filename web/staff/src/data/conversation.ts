import type { StaffThreadDetail } from "@/api/types";

/** What the composer needs to know of the conversation above it. */
export interface ComposerContext {
  thread: StaffThreadDetail;
  /** The newest public message that its author has had on the screen. */
  seenMessageId?: string;
  actions: {
    reopen: () => Promise<boolean>;
  };
}
