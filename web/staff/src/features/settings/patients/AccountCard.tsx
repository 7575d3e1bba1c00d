import { Ellipsis } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { AccountOfPatient, PatientDetail } from "@/api/types";
import { fullDateTime } from "@/i18n/dates";
import { Banner } from "@/ui/Banner";
import { Button } from "@/ui/Button";
import { Icon } from "@/ui/Icon";
import { Menu, type MenuEntry } from "@/ui/Menu";
import { showToast } from "@/ui/toasts";
import { ConfirmDialog } from "../../../app/ConfirmDialog";
import { problemText } from "../../../app/problemText";
import { endAccountSessions, endGrant, removeAccountFactors, sendAccountPasswordReset, setAccountActive } from "../../../data/admin/patients";
import { Facts } from "../parts";
import { FactorBadge, StateBadge } from "../users/userWords";
import { GrantDialog } from "./GrantDialog";
import { useUntil } from "./useUntil";

const ACTS = ["endGrant", "deactivate", "activate", "endSessions", "removeFactors"] as const;
type Asked = (typeof ACTS)[number];
const isAsked = (id: string): id is Asked => (ACTS as readonly string[]).includes(id);

interface AccountCardProps {
  patient: PatientDetail;
  account: AccountOfPatient;
  majority?: string;
}

function confirmed(act: Asked, patientId: string, accountId: string): Promise<void> {
  switch (act) {
    case "endGrant": return endGrant(patientId, accountId);
    case "deactivate": return setAccountActive(accountId, false);
    case "activate": return setAccountActive(accountId, true);
    case "endSessions": return endAccountSessions(accountId);
    case "removeFactors": return removeAccountFactors(accountId);
  }
}

/** An account that acts for a patient: what it may do, until when, and how it signs in. */
export function AccountCard({ patient, account, majority }: AccountCardProps) {
  const { t, i18n } = useTranslation();
  const [asked, setAsked] = useState<Asked | null>(null);
  const [isChanging, setChanging] = useState(false);
  const [failure, setFailure] = useState<unknown>(null);
  const until = useUntil();
  const { accountId, fullName, relationship, scope, expiresAt, isActive, hasSecondFactor, lastSignInAt } = account;
  const isOwn = relationship === "self";
  const entry = (id: string, danger = false): MenuEntry => ({ id, label: t(`admin.accounts.act.${id}`), danger });
  const groups = [
    { entries: [...(isOwn ? [] : [entry("change")]), ...(isActive ? [entry("reset"), entry("endSessions")] : []), ...(hasSecondFactor ? [entry("removeFactors")] : [])] },
    { entries: [entry(isActive ? "deactivate" : "activate", isActive), entry("endGrant", true)] },
  ].filter(({ entries }) => entries.length > 0);
  const sendReset = () => sendAccountPasswordReset(accountId).then(() => showToast(t("admin.mailSent")), setFailure);
  const run = (id: string) => {
    setFailure(null);
    if (id === "change") setChanging(true);
    else if (id === "reset") void sendReset();
    else if (isAsked(id)) setAsked(id);
  };
  return (
    <li className="card-item">
      <div className="card-item__head">
        <h4>{fullName} <span className="muted">({t(`domain.relationship.${relationship}`)})</span></h4>
        <StateBadge state={isActive ? "active" : "deactivated"} />
        <Menu
          label={t("admin.accounts.actsOn", { name: fullName })} placement="bottom end" groups={groups} onAction={run}
          trigger={<Button variant="ghost" className="btn--icon ml-auto" aria-label={t("admin.accounts.actsOn", { name: fullName })}><Icon icon={Ellipsis} /></Button>}
        />
      </div>
      {Boolean(failure) && <Banner tone="danger" live="alert">{problemText(t, failure)}</Banner>}
      <Facts
        of={[
          [t("patient.email"), account.email],
          [t("admin.accounts.may"), t(`admin.scope.${scope}`)],
          [t("admin.accounts.until"), until(expiresAt)],
          [t("admin.lastSignIn"), lastSignInAt ? fullDateTime(lastSignInAt, i18n.language) : t("admin.never")],
          [t("admin.factor.title"), <FactorBadge key="factor" has={hasSecondFactor} />],
        ]}
      />
      {isChanging && <GrantDialog patientId={patient.id} account={account} majority={majority} onDone={() => setChanging(false)} />}
      {asked && (
        <ConfirmDialog
          title={t(`admin.accounts.ask.${asked}.title`, { name: fullName })} act={t(`admin.accounts.ask.${asked}.act`)}
          variant={asked === "activate" ? "primary" : "danger"} onConfirm={() => confirmed(asked, patient.id, accountId)} onClose={() => setAsked(null)}
        >
          {t(`admin.accounts.ask.${asked}.text`)}
        </ConfirmDialog>
      )}
    </li>
  );
}
