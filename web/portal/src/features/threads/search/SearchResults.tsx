import { useInfiniteQuery } from "@tanstack/react-query";
import { CloudOff, RotateCw, SearchX, X } from "lucide-react";
import { useTranslation } from "react-i18next";
import { isProblem } from "@/api/problem";
import type { IgnoredPart, PortalHit } from "@/api/types";
import { useSeeking } from "@/api/useSeeking";
import { Act } from "../../../frame/Act";
import { StatePanel } from "../../../frame/StatePage";
import { usePractice } from "../../../practice/practices";
import { useAskWhomOn } from "../../../session/useAskWhomOn";
import { keepSearch } from "../arrivals";
import { CardBones } from "../Bones";
import { useOpened } from "../useReturn";
import { Found } from "./Found";
import { Onward } from "./Onward";
import { searchQuery } from "./queries";

export interface SearchResultsProps {
  words: string;
  onClose: () => void;
}

/** What a search found, with all that can happen instead: nothing found, nothing came. */
export function SearchResults({ words, onClose }: SearchResultsProps) {
  const { t } = useTranslation();
  const found = useInfiniteQuery(searchQuery(words));
  const last = found.data?.pages.at(-1);
  const seeking = useSeeking(found, (last?.emptyAfter ?? 0) + (last?.results.length === 0 ? 1 : 0), words);
  useAskWhomOn(found.error);

  if (found.isPending) return <CardBones label={t("search.loading")} />;
  if (!found.data) return <SearchFailed error={found.error} onAgain={() => void found.refetch()} />;
  const all = found.data.pages.flatMap((page) => page.results);
  // A message that came between two pages moves the others: each stands once.
  const messages = [...new Map(all.map((one) => [one.message.id, one])).values()];
  const ignored = found.data.pages[0]?.understood.ignored ?? [];
  const isEmpty = messages.length === 0;
  const isNothing = isEmpty && !found.hasNextPage;
  const { isSeeking } = seeking;
  const state = isSeeking ? "search.seeking" : isEmpty ? "search.emptyYet" : found.hasNextPage ? "search.foundFirst" : "search.found";
  return (
    <>
      <div className={isNothing ? undefined : "found-top"}>
        {/* One and the same whatever it says: it is read out as it changes, and has the focus where the button went. */}
        <div role="status" tabIndex={-1} data-found>
          {isNothing ? <Nothing onClose={onClose} /> : <h2>{t(state, { count: messages.length })}</h2>}
        </div>
        {!isNothing && <Act variant="ghost" size="sm" icon={X} onClick={onClose}>{t("search.close")}</Act>}
      </div>
      <Ignored terms={ignored} />
      {isEmpty && !isNothing && (isSeeking ? <CardBones label={t("search.loading")} /> : <p className="field__hint">{t("search.emptyYetHint")}</p>)}
      <FoundList messages={messages} words={words} />
      <Onward found={found} seeking={seeking} isEmpty={isEmpty} />
    </>
  );
}

/** Every message was looked through, and none holds the words. */
function Nothing({ onClose }: Pick<SearchResultsProps, "onClose">) {
  const { t } = useTranslation();
  return (
    <StatePanel icon={SearchX} title={t("search.empty")} hint={t("search.emptyHint")}>
      <Act variant="secondary" onClick={onClose}>{t("search.close")}</Act>
    </StatePanel>
  );
}

function FoundList({ messages, words }: { messages: PortalHit[]; words: string }) {
  const { slug } = usePractice();
  const opened = useOpened();
  if (messages.length === 0) return null;
  return (
    <ul className="convs" data-keeps-focus>
      {messages.map((found) => (
        <Found key={found.message.id} found={found} practice={slug} focused={found.message.id === opened} onOpen={() => keepSearch(words)} />
      ))}
    </ul>
  );
}

/** Words that look like an order to the search and are none. */
function Ignored({ terms }: { terms: IgnoredPart[] }) {
  const { t } = useTranslation();
  if (terms.length === 0) return null;
  return <p className="field__hint">{t("search.ignored", { words: terms.map(({ text }) => `“${text}”`).join(", ") })}</p>;
}

function SearchFailed({ error, onAgain }: { error: Error; onAgain: () => void }) {
  const { t } = useTranslation();
  const { phone } = usePractice();
  const [title, hint] = isProblem(error, "validation_failed")
    ? [t("search.refused"), t("search.refusedHint")]
    : isProblem(error, "rate_limited")
      ? [t("search.rateLimited"), t("search.rateLimitedHint")]
      : [t("search.failed"), t("search.failedHint", { phone })];
  return (
    <StatePanel icon={CloudOff} danger title={title} hint={hint}>
      <Act icon={RotateCw} onClick={onAgain}>{t("app.tryAgain")}</Act>
    </StatePanel>
  );
}
