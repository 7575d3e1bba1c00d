import { infiniteQueryOptions, type InfiniteData } from "@tanstack/react-query";
import { isProblem, ProblemError } from "@/api/problem";
import { ReadMarks } from "@/api/readMarks";
import type {
  MessageSent, NewStaffMessage, NewStaffThread, StaffMessage, StaffThread, StaffThreadAnswer,
  StaffThreadDetail, StaffThreadList, StaffThreadPage, Status, ThreadChange, ThreadCreated,
} from "@/api/types";
import { causedByPerson } from "../app/activity";
import { api, onSignOut, queryClient } from "../app/session";
import { threadKeys } from "./inbox";
import { notificationKeys } from "./notifications";

const BASE = "/api/patient-messages";

/** Which messages of a conversation: the newest, those around one, or those on one side of a cursor. */
interface MessagePlace {
  cursor?: string;
  around?: string;
}

type ThreadData = InfiniteData<StaffThreadPage, MessagePlace>;

/** So many pages of a conversation are on the page at once; those far from what is read are let go. */
const MAX_PAGES = 6;
/** A whole conversation in one page, mostly; further pages are small enough to come in without a halt. */
const FIRST_PAGE = 50;
const NEXT_PAGE = 25;

/** Messages that an address named and that are not of its conversation: nobody asks for them again. */
const elsewhere = new Set<string>();
const placeOf = (id: string, messageId: string) => `${id} ${messageId}`;

onSignOut(() => elsewhere.clear());

async function fetchMessages(id: string, { cursor, around }: MessagePlace, signal?: AbortSignal): Promise<StaffThreadPage> {
  const ask = (query: MessagePlace) =>
    api.get<StaffThreadPage>(`${BASE}/threads/${id}`, {
      query: { limit: query.cursor ? NEXT_PAGE : FIRST_PAGE, ...query }, signal, userAction: causedByPerson(),
    });
  if (around && elsewhere.has(placeOf(id, around))) return ask({});
  try {
    return await ask({ cursor, around });
  } catch (error) {
    // An address may name a message that is not of this conversation: it opens all the same.
    if (!around || !isProblem(error, "invalid_cursor")) throw error;
    elsewhere.add(placeOf(id, around));
    return ask({});
  }
}

const placeAt = (cursor: string | null | undefined): MessagePlace | undefined => (cursor ? { cursor } : undefined);
const newerOf = (page: StaffThreadPage | undefined) => page?.pagination.newerCursor;

/** One conversation, from its newest messages or those around one; older pages follow, newer ones come before. */
export function threadOptions(id: string, around?: string) {
  return infiniteQueryOptions<StaffThreadPage, Error, ThreadData, ReturnType<typeof threadKeys.detail>, MessagePlace>({
    queryKey: threadKeys.detail(id),
    queryFn: ({ pageParam, signal }) => fetchMessages(id, pageParam, signal),
    initialPageParam: { around },
    getNextPageParam: (page) => placeAt(page.pagination.nextCursor),
    getPreviousPageParam: (page) => placeAt(newerOf(page)),
    maxPages: MAX_PAGES,
  });
}

/** Lets go of what is loaded and loads the newest messages, or those around one. */
export async function openThreadAt(id: string, around?: string): Promise<void> {
  if (around && elsewhere.has(placeOf(id, around))) return;
  const queryKey = threadKeys.detail(id);
  await queryClient.cancelQueries({ queryKey });
  const page = await fetchMessages(id, { around });
  queryClient.setQueryData<ThreadData>(queryKey, { pages: [page], pageParams: [{ around }] });
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

/** A conversation as the page shows it. */
export function shownThread(id: string): StaffThreadDetail | undefined {
  return queryClient.getQueryData<InfiniteData<StaffThreadPage>>(threadKeys.detail(id))?.pages[0]?.thread;
}

/** Fetches a conversation anew, such as after somebody else's change. */
export async function reloadThread(id: string): Promise<StaffThreadDetail | undefined> {
  await refreshThread(id);
  return shownThread(id);
}

/** Stops what is based on a version that is no longer the newest: acts, unlike changes, do not say theirs. */
export async function mustBeNewest(id: string): Promise<void> {
  // What comes onto the screen while the answer is on its way is not what the act is based on.
  const shown = shownThread(id)?.version;
  const { thread } = await api.get<StaffThreadPage>(`${BASE}/threads/${id}`, { query: { limit: 1 }, userAction: true });
  if (thread.version !== shown) throw new ProblemError("version_mismatch", 412);
}

/** Changes fields of the version that the person saw; 412 when somebody was faster. */
export async function changeThread(thread: StaffThread, change: ThreadChange): Promise<StaffThreadDetail> {
  const answer = await api.put<StaffThreadAnswer>(`${BASE}/threads/${thread.id}`, {
    body: change, ifMatch: thread.version, userAction: true,
  });
  await keep(answer.thread);
  return answer.thread;
}

/** Gives the conversation one's own star, or takes it away. */
export async function setStar(id: string, isStarred: boolean): Promise<void> {
  const path = `${BASE}/threads/${id}/star`;
  await (isStarred ? api.put(path, { userAction: true }) : api.delete(path, { userAction: true }));
  await refreshThread(id);
}

/** Moves one's cursor to a message that was on the screen. */
async function markRead(id: string, messageId: string): Promise<void> {
  await api.post(`${BASE}/threads/${id}/mark-read`, { body: { messageId }, userAction: causedByPerson(), isIdempotent: true });
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
  // Whoever has read the message needs no word that it is there.
  void queryClient.invalidateQueries({ queryKey: notificationKeys.all });
}

/** How far one has read, until the server knows. */
export const readMarks = new ReadMarks(markRead);

onSignOut(() => readMarks.forget());

/** Sends a reply or saves a note; `onSent` is told before it is on the screen. The key makes "Send again" safe. */
export async function sendMessage(
  id: string, message: NewStaffMessage, idempotencyKey: string, onSent: (sent: MessageSent) => void,
): Promise<MessageSent> {
  const sent = await api.post<MessageSent>(`${BASE}/threads/${id}/messages`, {
    body: message, idempotencyKey, userAction: true,
  });
  onSent(sent);
  await refreshThread(id);
  // Whoever wrote from among old messages sees their own words at the end.
  if (newerOf(queryClient.getQueryData<ThreadData>(threadKeys.detail(id))?.pages[0])) await openThreadAt(id);
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
