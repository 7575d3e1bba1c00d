import { Link } from "@tanstack/react-router";
import { ChevronRight, EyeOff } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { PortalThread } from "@/api/types";
import { langOf } from "@/domain/language";
import { Icon } from "@/ui/Icon";
import { noteOpened } from "./arrivals";
import { Kind } from "./Kind";
import { PatientStatus } from "./PatientStatus";
import { cardTime } from "../../frame/times";

/** One conversation: whose turn it is, what it is about, its last words. */
export function ThreadCard({ thread, practice, focused }: { thread: PortalThread; practice: string; focused?: boolean }) {
  const { t, i18n } = useTranslation();
  const { unreadCount, integrity } = thread;
  const isNew = unreadCount > 0;
  const failed = integrity === "failed";
  return (
    <li>
      <Link
        to="/$practice/messages/$threadId"
        params={{ practice, threadId: thread.id }}
        className={isNew ? "conv conv--new" : "conv"}
        onClick={() => noteOpened(thread.id)}
        ref={focused ? (link: HTMLAnchorElement | null) => void link?.focus() : undefined}
      >
        <span className="conv__top">
          <span className="conv__state">
            {isNew && <span className="conv__dot" role="img" aria-label={t("home.newLabel")} />}
            <PatientStatus status={thread.status} />
          </span>
          {isNew && <span className="new-pill">{t("home.newPill", { number: unreadCount > 99 ? "99+" : unreadCount })}</span>}
        </span>
        <h3 dir="auto" lang={langOf(thread.subject, i18n.language)}>{thread.subject || (failed ? t("home.unreadableSubject") : "")}</h3>
        <p className="conv__preview" dir="auto" lang={langOf(thread.lastMessagePreview, i18n.language)}>{thread.lastMessagePreview || (failed ? t("home.unreadablePreview") : "")}</p>
        <span className="conv__foot">
          <time dateTime={thread.lastMessageAt}>{cardTime(thread.lastMessageAt, i18n.language, t)}</time>
          <Kind category={thread.category} />
          <span>{t("home.messages", { count: thread.messageCount })}</span>
          {thread.isConfidential && <span className="category"><Icon icon={EyeOff} />{t("home.private")}</span>}
        </span>
        <Icon icon={ChevronRight} size="lg" className="chev" />
      </Link>
    </li>
  );
}
