import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef, useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { isProblem } from "@/api/problem";
import { Banner } from "@/ui/Banner";
import { Act } from "../../frame/Act";
import { NewPasswordField, newPasswordProblem, refusedPassword } from "../../frame/NewPasswordField";
import { PasswordField } from "../../frame/PasswordField";
import { Trouble } from "../../frame/Trouble";
import { useAct } from "../../frame/useAct";
import { UsernameForManagers } from "../../frame/UsernameForManagers";
import { useMe } from "../../session/session";
import { changePassword, factorsQuery, useAccountChanged } from "./queries";

/** With a second factor a password may be shorter. */
const MINIMUM_LENGTH = { alone: 15, withFactor: 12 } as const;

/** A dialog that closes gives the focus back first. */
const RETURNED_MS = 50;

/** Why the form stands open, if it does. */
type Form = "closed" | "chosen" | "longer";

/** The password: closed until somebody wants to change it, or has to before it stands alone. */
export function ChangePassword({ isLonger }: { isLonger: boolean }) {
  const { t } = useTranslation();
  const [form, setForm] = useState<Form>(isLonger ? "longer" : "closed");
  const [changed, setChanged] = useState(false);
  return (
    <section className="card stack">
      <h2>{t("password.heading")}</h2>
      {changed && <Banner tone="success" live="status"><b>{t("password.changed")}</b>{t("password.changedHint")}</Banner>}
      {form !== "closed" ? (
        <PasswordForm
          isLonger={form === "longer"}
          onDone={() => {
            setChanged(true);
            setForm("closed");
          }}
          onCancel={() => setForm("closed")}
        />
      ) : (
        <>
          <p className="muted">{t("password.about")}</p>
          <div className="send-row">
            <Act
              variant="secondary"
              onClick={() => {
                setChanged(false);
                setForm("chosen");
              }}
            >
              {t("password.change")}
            </Act>
          </div>
        </>
      )}
    </section>
  );
}

interface PasswordFormProps {
  isLonger: boolean;
  onDone: () => void;
  onCancel: () => void;
}

function PasswordForm({ isLonger, onDone, onCancel }: PasswordFormProps) {
  const { t } = useTranslation();
  const { account } = useMe();
  const { data } = useQuery(factorsQuery);
  const minimumLength = data && data.factors.length > 0 && !isLonger ? MINIMUM_LENGTH.withFactor : MINIMUM_LENGTH.alone;
  const act = useAct();
  const accountChanged = useAccountChanged();
  const [current, setCurrent] = useState("");
  const [password, setPassword] = useState("");
  const [errors, setErrors] = useState<{ current?: string; password?: string }>({});
  const currentField = useRef<HTMLInputElement>(null);
  const passwordField = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (!isLonger) return;
    const timer = setTimeout(() => currentField.current?.focus(), RETURNED_MS);
    return () => clearTimeout(timer);
  }, [isLonger]);
  const wrong = isProblem(act.error, "invalid_credentials") ? t("password.currentWrong") : undefined;
  const refused = refusedPassword(act.error, "/newPassword", minimumLength, t);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const found = { current: current === "" ? t("password.currentMissing") : undefined, password: newPasswordProblem(password, minimumLength, t) };
    setErrors(found);
    act.clear();
    if (found.current) return currentField.current?.focus();
    if (found.password) return passwordField.current?.focus();
    if (!(await act.run(() => changePassword(current, password)))) return;
    void accountChanged();
    onDone();
  };

  return (
    <form className="stack" onSubmit={(event) => void submit(event)} noValidate>
      <UsernameForManagers email={account.email} />
      {isLonger && <Banner tone="info" live="status"><b>{t("password.tooShort")}</b>{t("password.tooShortHint", { least: minimumLength })}</Banner>}
      {!wrong && !refused && <Trouble error={act.error} />}
      <PasswordField
        ref={currentField} label={t("password.current")} error={errors.current ?? wrong} autoFocus
        value={current} onChange={(event) => setCurrent(event.target.value)}
      />
      <NewPasswordField
        ref={passwordField} minimumLength={minimumLength} error={errors.password ?? refused}
        value={password} onChange={(event) => setPassword(event.target.value)}
      />
      <p className="muted">{t("password.others")}</p>
      <div className="send-row">
        <Act type="submit" unavailable={act.busy}>{t(act.busy ? "password.saving" : "password.save")}</Act>
        <Act variant="ghost" onClick={onCancel}>{t("confirmDialog.keep")}</Act>
      </div>
    </form>
  );
}
