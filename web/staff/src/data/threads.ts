import { infiniteQueryOptions, type InfiniteData } from "@tanstack/react-query";
import type {
  MessageSent, NewStaffMessage, NewStaffThread, StaffMessage, StaffThread, StaffThreadAnswer, StaffThreadDetail,
  StaffThreadList, StaffThreadPage, Status, ThreadChange, ThreadCreated,
} from "@/api/types";
import { causedByPerson } from "../app/activity";
import { api, queryClient } from "../app/session";
import { threadKeys } from "./inbox";

const BASE = "/api/patient-messages";

/** One conversation: the newest page of messages first, older ones by cursor. */
export function threadOptions(id: string) {
  return infiniteQueryOptions({
    queryKey: threadKeys.detail(id),
    queryFn: ({ pageParam, signal }) =>
      api.get<StaffThreadPage>(`${BASE}/threads/${id}`, {
        query: { limit: 50, cursor: pageParam }, signal, userAction: causedByPerson(),
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.pagination.nextCursor,
  });
}

/** Every message that is loaded, oldest first, each once. */
export function messagesOf(data: InfiniteData<StaffThreadPage>): StaffMessage[] {
  const seen = new Set<string>();
  // Newer pages are read first: a message that slid from one page to the next is shown once.
  const pages = data.pages.map((page) => page.messages.filter((message) => !seen.has(message.id) && seen.add(message.id)));
  return pages.reverse().flat();
}

/** Puts the newest version of a thread wherever it is shown. */
async function keep(thread: StaffThreadDetail): Promise<void> {
  // An answer that set out before the change would put the old version back.
  await queryClient.cancelQueries({ queryKey: threadKeys.detail(thread.id) });
  queryClient.setQueryData<InfiniteData<StaffThreadPage>>(threadKeys.detail(thread.id), (data) =>
    data && { ...data, pages: data.pages.map((page) => ({ ...page, thread })) },
  );
  queryClient.setQueriesData<InfiniteData<StaffThreadList>>({ queryKey: threadKeys.lists }, (data) =>
    data && { ...data, pages: data.pages.map((page) => withThread(page, thread)) },
  );
  refreshAround();
}

function withThread(page: StaffThreadList, thread: StaffThread): StaffThreadList {
  return { ...page, threads: page.threads.map((row) => (row.id === thread.id ? { ...row, ...thread } : row)) };
}

function refreshAround(): void {
  void queryClient.invalidateQueries({ queryKey: threadKeys.lists });
  void queryClient.invalidateQueries({ queryKey: threadKeys.counts });
}

function refreshThread(id: string): Promise<void> {
  refreshAround();
  return queryClient.invalidateQueries({ queryKey: threadKeys.detail(id) });
}

/** Fetches a conversation anew, such as after somebody else's change. */
export async function reloadThread(id: string): Promise<StaffThreadDetail | undefined> {
  await refreshThread(id);
  return queryClient.getQueryData<InfiniteData<StaffThreadPage>>(threadKeys.detail(id))?.pages[0]?.thread;
}

/** Changes fields of the version that the person saw; 412 when somebody was faster. */
export async function changeThread(thread: StaffThread, change: ThreadChange): Promise<void> {
  const answer = await api.put<StaffThreadAnswer>(`${BASE}/threads/${thread.id}`, {
    body: change, ifMatch: thread.version, userAction: true,
  });
  await keep(answer.thread);
}

export async function closeThread(id: string, reason: string): Promise<void> {
  const body = reason.trim() ? { reason: reason.trim() } : undefined;
  const answer = await api.post<StaffThreadAnswer>(`${BASE}/threads/${id}/close`, { body, userAction: true });
  await keep(answer.thread);
}

export async function reopenThread(id: string): Promise<void> {
  const answer = await api.post<StaffThreadAnswer>(`${BASE}/threads/${id}/reopen`, { userAction: true });
  await keep(answer.thread);
}

/** Moves one's cursor to a message that was on the screen. */
export async function markRead(id: string, messageId: string): Promise<void> {
  const userAction = causedByPerson();
  await api.post(`${BASE}/threads/${id}/mark-read`, { body: { messageId }, userAction });
  queryClient.setQueriesData<InfiniteData<StaffThreadList>>({ queryKey: threadKeys.lists }, (data) =>
    data && {
      ...data,
      pages: data.pages.map((page) => ({
        ...page,
        threads: page.threads.map((row) => (row.id === id ? { ...row, unreadCount: 0, isReadByStaff: true } : row)),
      })),
    },
  );
  void queryClient.invalidateQueries({ queryKey: threadKeys.counts });
}

export async function markUnread(id: string): Promise<void> {
  await api.post(`${BASE}/threads/${id}/mark-unread`, { userAction: true });
  refreshAround();
}

/** Sends a reply or saves a note. The key makes "Send again" safe. */
export async function sendMessage(id: string, message: NewStaffMessage, idempotencyKey: string): Promise<MessageSent> {
  const sent = await api.post<MessageSent>(`${BASE}/threads/${id}/messages`, {
    body: message, idempotencyKey, userAction: true,
  });
  await refreshThread(id);
  return sent;
}

export async function startThread(thread: NewStaffThread, idempotencyKey: string): Promise<ThreadCreated> {
  const created = await api.post<ThreadCreated>(`${BASE}/threads`, { body: thread, idempotencyKey, userAction: true });
  refreshAround();
  return created;
}

/** What a person may set by hand from this status; closing and reopening are acts of their own. */
export function statusesByHand(status: Status, mayApprove: boolean): Status[] {
  if (status === "closed") return [];
  const all: Status[] = ["open", "in-progress", "waiting-patient", "waiting-provider"];
  // Leaving "waiting for provider" towards the patient is an approval.
  return all.filter((next) => status !== "waiting-provider" || next !== "waiting-patient" || mayApprove);
}
