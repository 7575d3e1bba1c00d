import { Building2 } from "lucide-react";
import { useRef, useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { isProblem } from "@/api/problem";
import { Banner } from "@/ui/Banner";
import { Button } from "@/ui/Button";
import { TextField } from "@/ui/TextField";
import { signIn, type SignedOutReason } from "../../app/session";
import { SignInProblem } from "./SignInProblem";
import { useCountdown } from "./useCountdown";
import { usePracticeName } from "./usePracticeName";

type Fields = "practice" | "email" | "password";

/** Practice, e-mail, password. Keeps none of them anywhere: the fields empty themselves with the page. */
export function SignInForm({ reason }: { reason?: SignedOutReason }) {
  const { t } = useTranslation();
  const [values, setValues] = useState<Record<Fields, string>>({ practice: "", email: "", password: "" });
  const [shown, setShown] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);
  const [missing, setMissing] = useState<Fields[]>([]);
  const passwordRef = useRef<HTMLInputElement>(null);
  const [wait, startWait] = useCountdown();
  const name = usePracticeName(values.practice.trim().toLowerCase());

  const set = (name: Fields) => (value: string) => setValues((old) => ({ ...old, [name]: value }));
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const empty = (["email", "password"] as const).filter((name) => values[name].trim() === "");
    setMissing(empty);
    if (busy || wait > 0 || empty.length > 0) return;
    setBusy(true);
    setProblem(null);
    try {
      await signIn(values.practice.trim().toLowerCase(), { email: values.email.trim(), password: values.password });
    } catch (error) {
      setProblem(error);
      if (isProblem(error, "rate_limited")) startWait(error.retryAfter ?? 30);
      setValues((old) => ({ ...old, password: "" }));
      passwordRef.current?.focus();
      setBusy(false);
    }
  };
  const required = (name: Fields) => (missing.includes(name) ? t(`signIn.missing.${name}`) : undefined);
  return (
    <>
      <div>
        <h1>{t("signIn.title")}</h1>
        <p className="muted mt-1">{name ? t("signIn.subtitleNamed", { name }) : t("signIn.subtitle")}</p>
      </div>
      <form className="sign__fields" onSubmit={submit} noValidate>
        {reason && !problem && <Banner tone="info" live="status">{t(`signIn.reason.${reason}`)}</Banner>}
        <SignInProblem problem={problem} wait={wait} />
        <TextField label={t("signIn.practice")} icon={Building2} value={values.practice} onChange={set("practice")} autoComplete="organization" spellCheck="false" autoFocus />
        <TextField label={t("signIn.email")} type="email" value={values.email} onChange={set("email")} autoComplete="username" error={required("email")} />
        <TextField
          label={t("signIn.password")}
          type={shown ? "text" : "password"}
          value={values.password}
          onChange={set("password")}
          autoComplete="current-password"
          error={required("password")}
          inputRef={passwordRef}
          end={<Button variant="ghost" size="sm" aria-pressed={shown} aria-label={t("signIn.showPassword")} onPress={() => setShown(!shown)}>{t(shown ? "signIn.hide" : "signIn.show")}</Button>}
        />
        <Button type="submit" variant="primary" size="lg" block unavailable={busy || wait > 0} className="mt-1">
          {t(busy ? "signIn.busy" : "signIn.submit")}
        </Button>
      </form>
    </>
  );
}
