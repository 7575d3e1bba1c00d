import { useRef, useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import type { CheckedInvitation } from "@/api/types";
import { birthDateOf, noDate, type WrittenDate } from "../../frame/birthDates";
import { newPasswordProblem } from "../../frame/NewPasswordField";
import { useAct } from "../../frame/useAct";
import { useToSignIn } from "../../frame/useToSignIn";
import { usePractice } from "../../practice/practices";
import { acceptInvitation } from "./queries";

interface Said {
  fullName: string;
  birthDate: WrittenDate;
  password: string;
}

type Errors = Partial<Record<keyof Said, string>>;

const FIELDS = ["fullName", "birthDate", "password"] as const;

/** An invitation while it is being accepted. */
export function useAccepting({ kind, hasAccount, needsBirthDate, minimumLength }: CheckedInvitation, token: string) {
  const { t } = useTranslation();
  const { slug } = usePractice();
  const act = useAct();
  const toSignIn = useToSignIn();
  const [said, setSaid] = useState<Said>({ fullName: "", birthDate: noDate, password: "" });
  const [errors, setErrors] = useState<Errors>({});
  const fields = { fullName: useRef<HTMLInputElement>(null), birthDate: useRef<HTMLElement>(null), password: useRef<HTMLInputElement>(null) };
  const asksName = kind === "proxy" && !hasAccount;

  const problems = (): Errors => {
    const written = birthDateOf(said.birthDate);
    const missing = said.password === "" ? t("signIn.passwordMissing") : undefined;
    return {
      fullName: asksName && !said.fullName.trim() ? t("invitation.nameMissing") : undefined,
      birthDate: needsBirthDate && "problem" in written ? t(`birth.problem.${written.problem}`) : undefined,
      password: hasAccount ? missing : newPasswordProblem(said.password, minimumLength, t),
    };
  };

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const found = problems();
    setErrors(found);
    act.clear();
    const first = FIELDS.find((field) => found[field]);
    if (first) return fields[first].current?.focus();
    const written = birthDateOf(said.birthDate);
    const body = {
      token, password: said.password,
      ...(asksName && { fullName: said.fullName.trim() }),
      ...(needsBirthDate && "date" in written && { birthDate: written.date }),
    };
    if (await act.run(() => acceptInvitation(slug, body))) toSignIn({ news: "accepted" });
  };

  return {
    said, errors, fields, submit, busy: act.busy, error: act.error,
    say: (change: Partial<Said>) => setSaid((before) => ({ ...before, ...change })),
  };
}
