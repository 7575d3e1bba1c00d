import "../../words/work";
import { Link } from "@tanstack/react-router";
import { Link2, Unlink } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { LinkedThread, StaffThreadDetail } from "@/api/types";
import { CategoryBadge, StatusBadge } from "@/domain/badges";
import { fullDateTime } from "@/i18n/dates";
import { Banner } from "@/ui/Banner";
import { Button } from "@/ui/Button";
import { IconButton } from "@/ui/IconButton";
import { problemText } from "../../app/problemText";
import { useMay } from "../../app/session";
import { unlinkThreads } from "../../data/links";
import { LinkDialog } from "./LinkDialog";

interface LinkedProps {
  link: LinkedThread;
  view: string;
  onRemove?: () => void;
}

function Linked({ link, view, onRemove }: LinkedProps) {
  const { t, i18n } = useTranslation();
  return (
    <li className="linked" title={t("links.by", { name: link.linkedByName, at: fullDateTime(link.linkedAt, i18n.language) })}>
      <Link className="mini grow" to="/inbox/$view/$threadId" params={{ view, threadId: link.threadId }}>
        <span className="truncate">{link.patientName}: {link.subject}</span>
        <span>
          <StatusBadge status={link.status} />
          <CategoryBadge category={link.category} />
        </span>
      </Link>
      {onRemove && <IconButton icon={Unlink} size="sm" label={t("links.remove", { subject: link.subject })} onPress={onRemove} />}
    </li>
  );
}

/** The conversations that colleagues tied to this one, and the way to tie another. */
export function ThreadLinks({ thread, view }: { thread: StaffThreadDetail; view: string }) {
  const { t } = useTranslation();
  const mayLink = useMay()("note");
  const [linking, setLinking] = useState(false);
  const [failure, setFailure] = useState<unknown>(null);
  const { links } = thread;
  const remove = (other: string) => {
    setFailure(null);
    unlinkThreads(thread.id, other).catch(setFailure);
  };
  if (links.length === 0 && !mayLink) return null;
  return (
    <section className="panel__sec">
      <h3>{t("links.heading")}</h3>
      {Boolean(failure) && <Banner tone="danger" live="alert">{problemText(t, failure)}</Banner>}
      <ul>
        {links.map((link) => <Linked key={link.threadId} link={link} view={view} onRemove={mayLink ? () => remove(link.threadId) : undefined} />)}
      </ul>
      {mayLink && <Button variant="ghost" size="sm" icon={Link2} onPress={() => setLinking(true)}>{t("links.add")}</Button>}
      {linking && <LinkDialog threadId={thread.id} linked={links.map(({ threadId }) => threadId)} onDone={() => setLinking(false)} />}
    </section>
  );
}
