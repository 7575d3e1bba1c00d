import { useQuery } from "@tanstack/react-query";
import { MailPlus, Pencil } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { PatientDetail } from "@/api/types";
import { ageOn, calendarDate } from "@/i18n/birthDates";
import { Button } from "@/ui/Button";
import { useMay } from "../../../app/session";
import { patientOptions } from "../../../data/admin/patients";
import { practiceOptions } from "../../../data/admin/practice";
import { Facts, Loaded, PageHead, Section } from "../parts";
import { AccountCard } from "./AccountCard";
import { InvitationCard } from "./InvitationCard";
import { InviteDialog } from "./InviteDialog";
import { PatientForm } from "./PatientForm";
import { AccessBadge, majorityOf } from "./patientWords";

const USUAL_MAJORITY = 18;

/** When a patient comes of age, by the practice's setting where one may read it. */
function useMajority(birthDate: string | null): string | undefined {
  const may = useMay();
  const { data } = useQuery({ ...practiceOptions(), enabled: may("manage_practice") });
  return majorityOf(birthDate, data?.majorityAge ?? USUAL_MAJORITY);
}

function Person({ patient }: { patient: PatientDetail }) {
  const { t, i18n } = useTranslation();
  const [open, setOpen] = useState<"edit" | "invite" | null>(null);
  const majority = useMajority(patient.birthDate);
  const close = () => setOpen(null);
  const unknown = <span className="faint">{t("admin.patients.unknown")}</span>;
  const born = patient.birthDate && `${calendarDate(patient.birthDate, i18n.language)} (${ageOn(patient.birthDate)})`;
  return (
    <>
      <PageHead title={patient.fullName} back={{ to: "/settings/patients", label: t("admin.tab.patients") }}>
        <p className="admin-head__line">
          <AccessBadge access={patient.access} />
          <span>{t("mrn", { mrn: patient.mrn })}</span>
        </p>
      </PageHead>
      <Section title={t("admin.patients.record")} end={<Button icon={Pencil} onPress={() => setOpen("edit")}>{t("admin.patients.edit")}</Button>}>
        <Facts
          of={[
            [t("patient.born"), born || unknown],
            [t("patient.phone"), patient.phone || unknown],
            [t("patient.email"), patient.email || unknown],
            [t("patient.language"), t(`domain.language.${patient.language}`, { defaultValue: patient.language })],
          ]}
        />
      </Section>
      <Section title={t("admin.accounts.title")} text={t("admin.accounts.text")} end={<Button variant="primary" icon={MailPlus} onPress={() => setOpen("invite")}>{t("admin.invite.open")}</Button>}>
        {patient.accounts.length === 0 && <p className="muted">{t("admin.accounts.none")}</p>}
        <ul className="card-list">
          {patient.accounts.map((account) => <AccountCard key={account.accountId} patient={patient} account={account} majority={majority} />)}
        </ul>
      </Section>
      {patient.invitations.length > 0 && (
        <Section title={t("admin.invite.pending")}>
          <ul className="card-list">
            {patient.invitations.map((invitation) => <InvitationCard key={invitation.id} patientId={patient.id} invitation={invitation} />)}
          </ul>
        </Section>
      )}
      {open === "edit" && <PatientForm patient={patient} onDone={close} />}
      {open === "invite" && <InviteDialog patient={patient} majority={majority} onDone={close} />}
    </>
  );
}

/** One patient: the record, and who signs in for them. */
export function PatientPage({ id }: { id: string }) {
  const query = useQuery(patientOptions(id));
  return (
    <div className="page-body admin-one">
      <Loaded query={query}>{(patient) => <Person patient={patient} />}</Loaded>
    </div>
  );
}
