import { ReadMarks } from "@/api/readMarks";
import { queryClient } from "./cache";
import { client, onForget } from "./session";

/** Notes on the server how far the reader has read. What is told again later is no act of theirs. */
export const readMarks = new ReadMarks(async (threadId, messageId, isFirst) => {
  await client.post<void>(`/api/patient-portal/messages/threads/${encodeURIComponent(threadId)}/mark-read`, {
    body: { messageId }, userAction: isFirst, isIdempotent: true,
  });
  void queryClient.invalidateQueries({ queryKey: ["threads", "list"] });
});

onForget(() => readMarks.forget());
