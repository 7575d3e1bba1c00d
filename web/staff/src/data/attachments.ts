import { createAttachments, type Attachments } from "@/attachments/context";
import type { OwnWords } from "@/attachments/words";
import en from "../attachments.en.json";
import es from "../attachments.es.json";
import { api, onSignOut } from "../app/session";

export const attachments: Attachments = createAttachments(api, "/api/patient-messages");
export const attachmentWords: OwnWords = { en, es };

/** Names the files of a draft. Reply and note share them as little as they share words. */
export const filesOfDraft = (threadId: string, mode: "reply" | "note") => `${mode} ${threadId}`;

// A session that ran out leaves the files for their own author to come back to, as it leaves the words.
onSignOut((leaving) => attachments.forget(leaving === "ran-out" ? "answers" : "all"));
