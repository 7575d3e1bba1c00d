import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { InvitationOfPatient } from "@/api/types";
import { fullDateTime } from "@/i18n/dates";
import { Button } from "@/ui/Button";
import { ConfirmDialog } from "../../../app/ConfirmDialog";
import { withdrawInvitation } from "../../../data/admin/patients";
import { Facts } from "../parts";

/** An invitation that nobody has answered yet. */
export function InvitationCard({ patientId, invitation }: { patientId: string; invitation: InvitationOfPatient }) {
  const { t, i18n } = useTranslation();
  const [isAsked, setAsked] = useState(false);
  const { id, email, relationship, scope, expiresAt, createdAt } = invitation;
  return (
    <li className="card-item">
      <div className="card-item__head">
        <h4>{email} <span className="muted">({t(`domain.relationship.${relationship}`)})</span></h4>
        <Button size="sm" variant="ghost" aria-label={t("admin.invite.withdrawNamed", { email })} onPress={() => setAsked(true)}>{t("admin.invite.withdraw")}</Button>
      </div>
      <Facts
        of={[
          [t("admin.invite.sent"), fullDateTime(createdAt, i18n.language)],
          [t("admin.accounts.may"), t(`admin.scope.${scope}`)],
          [t("admin.invite.goodUntil"), fullDateTime(expiresAt, i18n.language)],
        ]}
      />
      {isAsked && (
        <ConfirmDialog title={t("admin.invite.withdrawTitle")} act={t("admin.invite.withdraw")} onConfirm={() => withdrawInvitation(patientId, id)} onClose={() => setAsked(false)}>
          {t("admin.invite.withdrawText", { email })}
        </ConfirmDialog>
      )}
    </li>
  );
}
