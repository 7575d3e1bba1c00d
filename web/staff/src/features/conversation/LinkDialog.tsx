import { useQuery } from "@tanstack/react-query";
import { Link2 } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button as AriaButton } from "react-aria-components/Button";
import type { StaffThread } from "@/api/types";
import { StatusBadge } from "@/domain/badges";
import { shortDate } from "@/i18n/dates";
import { Banner } from "@/ui/Banner";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { Icon } from "@/ui/Icon";
import { SearchField } from "@/ui/SearchField";
import { problemText } from "../../app/problemText";
import { linkableOptions, linkThreads } from "../../data/links";

const SETTLE_MS = 250;

function Candidate({ thread, onTake }: { thread: StaffThread; onTake: () => void }) {
  const { i18n } = useTranslation();
  return (
    <li>
      <AriaButton className="option link-option" onPress={onTake}>
        <Icon icon={Link2} />
        <span className="grow">
          <b className="truncate">{thread.patientName}</b>
          <span className="truncate">{thread.subject}</span>
        </span>
        <span className="end"><StatusBadge status={thread.status} /> {shortDate(thread.lastMessageAt, i18n.language)}</span>
      </AriaButton>
    </li>
  );
}

interface LinkDialogProps {
  threadId: string;
  /** Those that are tied to it already. */
  linked: string[];
  onDone: () => void;
}

/** Finds another conversation and ties it to this one. */
export function LinkDialog({ threadId, linked, onDone }: LinkDialogProps) {
  const { t } = useTranslation();
  const box = useRef<HTMLInputElement>(null);
  const [text, setText] = useState("");
  const [search, setSearch] = useState("");
  const [failure, setFailure] = useState<unknown>(null);
  useEffect(() => box.current?.focus(), []);
  useEffect(() => {
    const timer = setTimeout(() => setSearch(text.trim()), SETTLE_MS);
    return () => clearTimeout(timer);
  }, [text]);
  const { data, isError } = useQuery(linkableOptions(search));
  const found = data?.filter(({ id }) => id !== threadId && !linked.includes(id));
  const take = (other: string) => {
    setFailure(null);
    linkThreads(threadId, other).then(onDone, setFailure);
  };
  return (
    <Dialog isOpen onClose={onDone} title={t("links.title")} footer={<Button variant="ghost" onPress={onDone}>{t("cancel")}</Button>}>
      <p className="muted">{t("links.text")}</p>
      <SearchField label={t("links.search")} placeholder={t("links.search")} clearLabel={t("list.clearSearch")} value={text} onChange={setText} inputRef={box} />
      {(Boolean(failure) || isError) && <Banner tone="danger" live="alert">{failure ? problemText(t, failure) : t("search.failed")}</Banner>}
      <ul className="matches-list">
        {search !== "" && found?.map((thread) => <Candidate key={thread.id} thread={thread} onTake={() => take(thread.id)} />)}
      </ul>
      <p className="muted" role="status">{search !== "" && found?.length === 0 && t("links.nothing")}</p>
    </Dialog>
  );
}
