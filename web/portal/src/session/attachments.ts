import { createAttachments, type Attachments } from "@/attachments/context";
import type { OwnWords } from "@/attachments/words";
import en from "../words/attachments.en.json";
import es from "../words/attachments.es.json";
import { client, onForget } from "./session";

export const attachments: Attachments = createAttachments(client, "/api/patient-portal/messages");
export const attachmentWords: OwnWords = { en, es };

onForget((what) => attachments.forget(what));
