import { queryOptions } from "@tanstack/react-query";
import type { AutoReplyList, Category } from "@/api/types";
import { api, queryClient } from "../app/session";

const KEY = ["auto-replies"] as const;

/** The automatic reply of every category. */
export function autoRepliesOptions() {
  return queryOptions({
    queryKey: KEY,
    queryFn: async ({ signal }) => (await api.get<AutoReplyList>("/api/auto-replies", { signal })).autoReplies,
  });
}

export async function saveAutoReply(reply: { category: Category; messageText: string; isActive: boolean }): Promise<void> {
  const answer = await api.put<AutoReplyList>("/api/auto-replies", { body: { autoReplies: [reply] }, userAction: true });
  queryClient.setQueryData(KEY, answer.autoReplies);
}
