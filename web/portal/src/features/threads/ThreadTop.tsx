import { Link } from "@tanstack/react-router";
import { Trans, useTranslation } from "react-i18next";
import type { PortalThread } from "@/api/types";
import { langOf } from "@/domain/language";
import { PageHeading } from "../../frame/PageHeading";
import { usePractice } from "../../practice/practices";
import { usePatient } from "../../session/session";
import { Kind } from "./Kind";
import { KeepPrivate } from "./KeepPrivate";
import { PatientStatus } from "./PatientStatus";

/** What the conversation is about and whose turn it is. */
export function ThreadTop({ thread }: { thread: PortalThread }) {
  const { t, i18n } = useTranslation();
  const { slug } = usePractice();
  return (
    <div className="thread-top">
      <PageHeading><span dir="auto" lang={langOf(thread.subject, i18n.language)}>{thread.subject || t("home.unreadableSubject")}</span></PageHeading>
      <div className="meta">
        <PatientStatus status={thread.status} />
        <Kind category={thread.category} />
        <span className="muted">{t("home.messages", { count: thread.messageCount })}</span>
      </div>
      {usePatient().relationship === "self" && <KeepPrivate thread={thread} />}
      {thread.linkedThreadId && (
        <p className="linked">
          <Trans
            i18nKey="thread.linked"
            components={{ a: <Link to="/$practice/messages/$threadId" params={{ practice: slug, threadId: thread.linkedThreadId }} /> }}
          />
        </p>
      )}
    </div>
  );
}
