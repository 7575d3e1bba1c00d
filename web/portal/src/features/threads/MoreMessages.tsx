import { ArrowDown } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { PortalMessage } from "@/api/types";
import { Banner } from "@/ui/Banner";
import { Act } from "../../frame/Act";

export interface MoreProps {
  which: "earlier" | "later";
  loading: boolean;
  failed: boolean;
  onLoad: () => void;
}

const words = {
  earlier: { show: "thread.earlier", loading: "thread.loadingEarlier", failed: "thread.earlierFailed" },
  later: { show: "thread.later", loading: "thread.loadingLater", failed: "thread.laterFailed" },
} as const;

/** Brings in the messages before or after those on the screen. */
export function MoreMessages({ which, loading, failed, onLoad }: MoreProps) {
  const { t } = useTranslation();
  const say = words[which];
  return (
    <>
      {failed && <Banner tone="danger" live="alert">{t(say.failed)}</Banner>}
      <Act variant="secondary" className="more" unavailable={loading} onClick={onLoad}>{t(loading ? say.loading : say.show)}</Act>
    </>
  );
}

/** Instead of the place to write: whoever reads old messages sees the newest before they answer. */
export function OlderOnly({ hasDraft, onNewest }: { hasDraft: boolean; onNewest: () => void }) {
  const { t } = useTranslation();
  return (
    <div className="card reply">
      <h2>{t("thread.notNewest")}</h2>
      <p className="lede">
        {t("thread.notNewestHint")}
        {hasDraft && ` ${t("thread.draftSafe")}`}
      </p>
      <div className="send-row"><Act icon={ArrowDown} onClick={onNewest}>{t("thread.toNewest")}</Act></div>
    </div>
  );
}

/** New messages below the window: nothing scrolls by itself. */
export function FreshAct({ count, onGo }: { count: number; onGo: () => void }) {
  const { t } = useTranslation();
  if (count === 0) return null;
  return (
    <div className="fresh">
      <Act variant="secondary" icon={ArrowDown} onClick={onGo}>{t("thread.fresh", { count })}</Act>
    </div>
  );
}

/** Reads out, when the reader pauses, what just came. */
export function ArrivedAloud({ arrived }: { arrived: PortalMessage[] }) {
  const { t } = useTranslation();
  const [only] = arrived;
  const name = only?.senderType === "system" ? t("thread.automatedSystem") : (only?.sentByProxy?.fullName ?? only?.senderName);
  const one = arrived.length === 1 && only?.messageText ? t("thread.arrivedFrom", { name, text: only.messageText }) : null;
  return (
    <p className="visually-hidden" role="status">
      {one ?? (arrived.length > 0 && t("thread.fresh", { count: arrived.length }))}
    </p>
  );
}
