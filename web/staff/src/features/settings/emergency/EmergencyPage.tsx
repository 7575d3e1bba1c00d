import { useQuery } from "@tanstack/react-query";
import { CircleCheck, ShieldAlert, Siren } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { EmergencyAccess } from "@/api/types";
import { fullDateTime } from "@/i18n/dates";
import { Button } from "@/ui/Button";
import { EmptyState } from "@/ui/EmptyState";
import { Icon } from "@/ui/Icon";
import { useMe } from "../../../app/session";
import { emergencyOptions } from "../../../data/admin/emergency";
import { Facts, Loaded } from "../parts";
import { ReviewDialog } from "./ReviewDialog";

function Item({ access, onReview }: { access: EmergencyAccess; onReview: () => void }) {
  const { t, i18n } = useTranslation();
  const at = (time: string) => fullDateTime(time, i18n.language);
  const { fullName, startedAt, expiresAt, endedAt, reason, reviewedAt, reviewedByName, note } = access;
  const isOwn = access.staffId === useMe().user.id;
  return (
    <li className="card-item">
      <div className="card-item__head">
        <h3>{fullName}</h3>
        {reviewedAt ? (
          <span className="state state--active"><Icon icon={CircleCheck} size="sm" />{t("admin.emergency.reviewed")}</span>
        ) : (
          <span className="state state--due"><Icon icon={ShieldAlert} size="sm" />{t("admin.emergency.due")}</span>
        )}
      </div>
      <Facts
        of={[
          [t("admin.emergency.from"), at(startedAt)],
          [t("admin.emergency.until"), endedAt ? `${at(endedAt)} (${t("admin.emergency.ended")})` : at(expiresAt)],
          [t("admin.emergency.reason"), <span key="reason" className="whitespace-pre-wrap">{reason}</span>],
        ]}
      />
      <div className="card-item__foot">
        {reviewedAt ? (
          <div className="muted">
            <p>{t("admin.emergency.by", { name: reviewedByName ?? t("admin.emergency.somebody"), at: at(reviewedAt) })}</p>
            {note && <p className="whitespace-pre-wrap">{note}</p>}
          </div>
        ) : isOwn ? (
          <p className="muted">{t("admin.emergency.own")}</p>
        ) : (
          <Button variant="secondary" aria-label={t("admin.emergency.reviewNamed", { name: fullName, at: at(startedAt) })} onPress={onReview}>{t("admin.emergency.review")}</Button>
        )}
      </div>
    </li>
  );
}

/** When somebody looked past the limits of the role; what waits for a review stands first. */
export function EmergencyPage() {
  const { t } = useTranslation();
  const query = useQuery(emergencyOptions());
  const [reviewing, setReviewing] = useState<EmergencyAccess | null>(null);
  const open = query.data?.filter(({ reviewedAt }) => reviewedAt === null).length ?? 0;
  return (
    <div className="page-body">
      <h2>{t("admin.tab.emergency")}</h2>
      <p className="muted">{t("admin.emergency.text")}</p>
      <Loaded query={query}>
        {(accesses) =>
          accesses.length === 0 ? (
            <EmptyState icon={Siren} title={t("admin.emergency.none")}>{t("admin.emergency.noneText")}</EmptyState>
          ) : (
            <>
              <p role="status">{t("admin.emergency.open", { count: open })}</p>
              <ul className="card-list">
                {accesses.map((access) => <Item key={access.id} access={access} onReview={() => setReviewing(access)} />)}
              </ul>
            </>
          )
        }
      </Loaded>
      {reviewing && <ReviewDialog access={reviewing} onDone={() => setReviewing(null)} />}
    </div>
  );
}
