import "../../words/work";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { BookmarkPlus, X } from "lucide-react";
import { useEffect, useMemo, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { StaffSearchResults, StaffThread } from "@/api/types";
import { useSeeking } from "@/api/useSeeking";
import { Button } from "@/ui/Button";
import { useFocusBeyond } from "@/ui/useFocusBeyond";
import { IconButton } from "@/ui/IconButton";
import { openDialog } from "../../app/dialogs";
import { useHotkey } from "../../app/hotkeys";
import { conversationsOptions, noteRecent, searchOptions } from "../../data/search";
import { searchFilter } from "../../data/saveViews";
import { noteOpened, runSearch, typeSearch, useSearchIn } from "../../data/searchState";
import { Onward } from "./Onward";
import { withoutFilter } from "./query";
import { FoundConversation, FoundMessage } from "./ResultRow";
import { SearchNotices } from "./SearchNotices";
import { Bones, Failed, Nothing } from "./SearchStates";
import { Understood } from "./Understood";

interface SearchResultsProps {
  view: string;
  query: string;
  /** What a saved search looks for: it is its view's list, so there is nothing to save or to close. */
  own?: string;
  currentId?: string;
  headingLevel: 2 | 3;
}

function Section({ title, heading: Heading, children }: { title: string; heading: "h3" | "h4"; children: ReactNode[] }) {
  if (children.length === 0) return null;
  return (
    <div role="group" aria-label={title}>
      <Heading className="list__day">{title}</Heading>
      <ul>{children}</ul>
    </div>
  );
}

interface MoreProps {
  isFetching: boolean;
  hasFailed: boolean;
  /** What more of there is. */
  label: string;
  onMore: () => void;
}

function More({ isFetching, hasFailed, label, onMore }: MoreProps) {
  const { t } = useTranslation();
  const beyond = useFocusBeyond(".found [data-result]", ".found__head [tabindex]");
  const press = () => {
    beyond.note();
    onMore();
  };
  return (
    <Button ref={beyond.ref} variant="ghost" block unavailable={isFetching} onPress={press}>
      {isFetching ? t("list.loadingMore") : hasFailed ? t("search.moreFailed") : label}
    </Button>
  );
}

/** The conversations that were found: a few with the first page, the others when they are asked for. */
function useConversations(query: string, first: StaffSearchResults | undefined) {
  const further = useInfiniteQuery(conversationsOptions(query, first?.conversationsCursor ?? null));
  const all = [...(first?.conversations ?? []), ...(further.data?.pages.flatMap((page) => page.conversations) ?? [])];
  // One that moved up in between comes twice.
  const conversations: StaffThread[] = [...new Map(all.map((thread) => [thread.id, thread])).values()];
  const hasMore = further.data ? further.hasNextPage : (first?.hasMoreConversations ?? false);
  const more: Omit<MoreProps, "label"> = { isFetching: further.isFetching, hasFailed: further.isError, onMore: () => void further.fetchNextPage() };
  return { conversations, hasMore, more };
}

interface Stop {
  threadId: string;
  /** None where the conversation itself was found. */
  message?: string;
}

/** `J` and `K` open one result after the other. */
function useWalk(view: string, currentId: string | undefined, stops: Stop[]): void {
  const navigate = useNavigate();
  const { openedId } = useSearchIn(view);
  const step = (by: number) => {
    const at = currentId === undefined ? -1 : stops.findIndex(({ threadId, message }) => (message ?? threadId) === openedId);
    const next = at < 0 ? stops[0] : stops[at + by];
    if (!next) return;
    const { threadId, message } = next;
    noteOpened(message ?? threadId);
    void navigate({ to: "/inbox/$view/$threadId", params: { view, threadId }, search: (old) => ({ ...old, message }), replace: currentId !== undefined });
  };
  useHotkey("j", () => step(1));
  useHotkey("k", () => step(-1));
}

interface HeadProps extends Pick<SearchResultsProps, "view" | "query" | "own" | "currentId" | "headingLevel"> {
  /** How the search stands, in words. */
  state: string;
}

function Head({ view, query, own, currentId, headingLevel, state }: HeadProps) {
  const { t } = useTranslation();
  // Beside an open conversation Escape leads back to the results first.
  useHotkey("Escape", () => {
    typeSearch(view, "");
    // What had the focus is gone.
    document.getElementById("thread")?.focus({ preventScroll: true });
  }, query !== own && currentId === undefined);
  const Title = `h${headingLevel}` as const;
  return (
    <div className="found__head">
      <Title className="grow" tabIndex={-1}><span role="status">{state}</span></Title>
      {query !== own && (
        <>
          <IconButton icon={BookmarkPlus} size="sm" label={t("search.save")} onPress={() => openDialog({ kind: "save-view", filter: searchFilter(query) })} />
          <IconButton icon={X} size="sm" label={t("search.close")} hotkey="Esc" onPress={() => typeSearch(view, "")} />
        </>
      )}
    </div>
  );
}

/** How the search stands. */
function answerOf(isAsked: boolean, isSeeking: boolean, count: number, hasMore: boolean): [string, { count: number; more: string }] {
  const name = !isAsked ? "nothingAsked" : isSeeking ? "seeking" : count > 0 ? "count" : hasMore ? "noneYet" : "none";
  return [`search.${name}`, { count, more: hasMore ? "+" : "" }];
}

/** What the search found, in place of the list: conversations first, then each message with the words in it. */
export default function SearchResults({ view, query, own, currentId, headingLevel }: SearchResultsProps) {
  const { t } = useTranslation();
  const { openedId } = useSearchIn(view);
  const found = useInfiniteQuery(searchOptions(query));
  const first = found.data?.pages[0];
  const { conversations, hasMore, more } = useConversations(query, first);
  const hits = useMemo(() => found.data?.pages.flatMap((page) => page.results) ?? [], [found.data]);
  const isUnderstood = first !== undefined && first.understood.terms.length + first.understood.filters.length > 0;
  useEffect(() => {
    if (isUnderstood) void noteRecent(query);
  }, [query, isUnderstood]);

  const stops = [...conversations.map(({ id }) => ({ threadId: id, message: undefined })), ...hits.map(({ thread, message }) => ({ threadId: thread.id, message: message.id }))];
  useWalk(view, currentId, stops);

  const heading = headingLevel === 2 ? "h3" : "h4";
  const row = { view, openedId, beside: currentId !== undefined };
  const empty = first && stops.length === 0 && !hasMore;
  // Conversations come with the first page: whoever sees some has something to read before older messages.
  const emptyPages = (found.data?.pages.at(-1)?.emptyAfter ?? 0) + (empty ? 1 : 0);
  const seeking = useSeeking(found, emptyPages, query);
  const { ignored } = first?.understood ?? { ignored: [] };
  const isAsked = isUnderstood || ignored.length === 0 || ignored.some(({ reason }) => reason === "nobody");
  const answer = answerOf(isAsked, seeking.isSeeking, stops.length, found.hasNextPage || hasMore);
  const state = first ? t(...answer) : t(found.isError ? "search.noAnswer" : "search.searching");
  return (
    <div className="found" role="region" aria-label={t("search.results")}>
      <Head view={view} query={query} own={own} currentId={currentId} headingLevel={headingLevel} state={state} />
      {first && <Understood reading={first.understood} onRemove={(filter) => runSearch(view, withoutFilter(query, filter))} />}
      {first && <SearchNotices bodySearch={first.bodySearch} />}
      {(found.isPending || (empty && seeking.isSeeking)) && <Bones />}
      {found.isError && !first && <Failed error={found.error} onAgain={() => void found.refetch()} headingLevel={headingLevel} />}
      {empty && isAsked && !seeking.isSeeking && <Nothing page={first} isPart={found.hasNextPage} headingLevel={headingLevel} onSearch={(other) => runSearch(view, other)} />}
      <Section title={t("search.conversations")} heading={heading}>
        {conversations.map((thread) => <li key={thread.id}><FoundConversation thread={thread} {...row} /></li>)}
      </Section>
      {hasMore && <More label={t("search.moreConversations")} {...more} />}
      <Section title={t("search.messages")} heading={heading}>
        {hits.map((hit) => <li key={hit.message.id}><FoundMessage hit={hit} {...row} /></li>)}
      </Section>
      <Onward found={found} seeking={seeking} />
    </div>
  );
}
