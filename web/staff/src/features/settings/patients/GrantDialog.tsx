import { useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import type { AccountOfPatient } from "@/api/types";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { changeGrant } from "../../../data/admin/patients";
import { NotSaved, refusedField, useSaving } from "../forms";
import { GrantFields, useGrantError, type Grant } from "./grantFields";
import { dayOf, endOfDay } from "./patientWords";

const FORM = "grant";

interface GrantDialogProps {
  patientId: string;
  account: AccountOfPatient;
  majority?: string;
  onDone: () => void;
}

/** Changes what an account may do for a patient, and until when. */
export function GrantDialog({ patientId, account, majority, onDone }: GrantDialogProps) {
  const { t } = useTranslation();
  const { accountId, fullName, relationship } = account;
  const [grant, setGrant] = useState<Grant>({ scope: account.scope, until: dayOf(account.expiresAt) });
  const [isPartial, setPartial] = useState(false);
  const { busy, failure, save } = useSaving();
  const wrong = useGrantError()(grant, relationship, isPartial, majority);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (wrong) return;
    const change = { scope: grant.scope, expiresAt: grant.until && endOfDay(grant.until) };
    if (await save(() => changeGrant(patientId, accountId, change))) onDone();
  };
  return (
    <Dialog
      isOpen onClose={onDone} title={t("admin.grant.title", { name: fullName })}
      footer={
        <>
          <Button variant="ghost" onPress={onDone}>{t("cancel")}</Button>
          <Button variant="primary" type="submit" form={FORM} unavailable={busy}>{t("save")}</Button>
        </>
      }
    >
      <form id={FORM} className="grid gap-4" onSubmit={(event) => void submit(event)} noValidate>
        <NotSaved failure={failure} fields={["/expiresAt"]} />
        <GrantFields relationship={relationship} grant={grant} onChange={setGrant} majority={majority} onPartial={setPartial} error={refusedField(t, failure, "/expiresAt") ?? wrong} />
      </form>
    </Dialog>
  );
}
