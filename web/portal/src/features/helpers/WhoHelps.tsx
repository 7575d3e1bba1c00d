import { MailPlus, UserRoundPlus } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { GivenToProxy, PendingProxy, PortalGrants } from "@/api/types";
import { initials } from "@/domain/words";
import { Avatar } from "@/ui/Avatar";
import { Banner } from "@/ui/Banner";
import { Icon } from "@/ui/Icon";
import { Act } from "../../frame/Act";
import { ConfirmDialog } from "../../frame/ConfirmDialog";
import { usePractice } from "../../practice/practices";
import { grantWords, pendingWords } from "./grantWords";
import { InviteForm } from "./InviteForm";
import { useGrantsChanged, withdrawGrant, withdrawInvitation } from "./queries";

/** Who may read and write for the reader, who is asked to, and the way to ask one more. */
export function WhoHelps({ grants: { given, pending } }: { grants: PortalGrants }) {
  const { t } = useTranslation();
  const { patientsMayInvite } = usePractice();
  const [inviting, setInviting] = useState(false);
  const [invited, setInvited] = useState<string | null>(null);
  return (
    <>
      <section className="card stack">
        <h2>{t("helpers.now")}</h2>
        {given.length === 0 ? <p className="muted">{t("helpers.nobody")}</p> : <ul className="rows">{given.map((grant) => <Helper key={grant.accountId} grant={grant} />)}</ul>}
        {pending.length > 0 && (
          <>
            <h3>{t("helpers.pending")}</h3>
            <ul className="rows">{pending.map((grant) => <Asked key={grant.invitationId} grant={grant} />)}</ul>
          </>
        )}
      </section>
      {invited && <Banner tone="success" live="status"><b>{t("helpers.invited")}</b>{t("helpers.invitedHint", { email: invited })}</Banner>}
      {!patientsMayInvite ? (
        <p className="muted">{t("invite.forbidden")} {t("invite.forbiddenHint")}</p>
      ) : inviting ? (
        <InviteForm
          onCancel={() => setInviting(false)}
          onInvited={(email) => {
            setInviting(false);
            setInvited(email);
          }}
        />
      ) : (
        <div className="send-row">
          <Act
            icon={UserRoundPlus}
            onClick={() => {
              setInvited(null);
              setInviting(true);
            }}
          >
            {t("helpers.invite")}
          </Act>
        </div>
      )}
    </>
  );
}

function Helper({ grant }: { grant: GivenToProxy }) {
  const { t, i18n } = useTranslation();
  const changed = useGrantsChanged();
  const [asking, setAsking] = useState(false);
  const { fullName, accountId } = grant;
  return (
    <li>
      <Avatar kind="patient" initials={initials(fullName)} />
      <span><b>{fullName}</b><small>{grantWords(grant, i18n.language, t)}</small></span>
      <Act variant="secondary" size="sm" aria-label={t("helpers.withdrawNamed", { name: fullName })} onClick={() => setAsking(true)}>{t("helpers.withdraw")}</Act>
      {asking && (
        <ConfirmDialog
          title={t("helpers.withdrawHeading", { name: fullName })} submit={t("helpers.withdraw")} danger onClose={() => setAsking(false)}
          onConfirm={async () => {
            await withdrawGrant(accountId);
            await changed();
          }}
        >
          {t("helpers.withdrawText")}
        </ConfirmDialog>
      )}
    </li>
  );
}

function Asked({ grant }: { grant: PendingProxy }) {
  const { t, i18n } = useTranslation();
  const changed = useGrantsChanged();
  const [asking, setAsking] = useState(false);
  const { email, invitationId } = grant;
  return (
    <li>
      <Icon icon={MailPlus} size="lg" />
      <span><b>{email}</b><small>{pendingWords(grant, i18n.language, t)}</small></span>
      <Act variant="secondary" size="sm" aria-label={t("helpers.takeBackNamed", { email })} onClick={() => setAsking(true)}>{t("helpers.takeBack")}</Act>
      {asking && (
        <ConfirmDialog
          title={t("helpers.takeBackHeading")} submit={t("helpers.takeBack")} onClose={() => setAsking(false)}
          onConfirm={async () => {
            await withdrawInvitation(invitationId);
            await changed();
          }}
        >
          {t("helpers.takeBackText", { email })}
        </ConfirmDialog>
      )}
    </li>
  );
}
