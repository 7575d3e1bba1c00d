import { useRef, useState, type FormEvent } from "react";
import type { SecondFactorDue } from "@/api/types";
import { isProblem } from "@/api/problem";
import { signIn, type SignInStart } from "../../app/session";
import { useCountdown } from "../../app/useCountdown";

/** The password was right, and a second factor is due. */
export type OnDue = (due: SecondFactorDue, start: SignInStart) => void;

/** The password and what became of it. It is emptied whenever it was not taken. */
export function usePasswordStep(practice: string, email: string, onDue: OnDue) {
  const [password, setPassword] = useState("");
  const [busy, setBusy] = useState(false);
  const [tried, setTried] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);
  const [wait, startWait] = useCountdown();
  const passwordRef = useRef<HTMLInputElement>(null);

  const refuse = (error: unknown) => {
    setProblem(error);
    if (isProblem(error, "rate_limited")) startWait(error.retryAfter ?? 30);
    setPassword("");
    passwordRef.current?.focus();
    setBusy(false);
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (busy || wait > 0 || email.trim() === "" || password.trim() === "") return;
    setBusy(true);
    setProblem(null);
    const start = { practice: practice.trim().toLowerCase(), email: email.trim() };
    try {
      const due = await signIn(start.practice, { email: start.email, password });
      if (due) onDue(due, start);
    } catch (error) {
      refuse(error);
    }
  };
  return { password, setPassword, passwordRef, busy, tried: tried && !problem, problem, wait, submit };
}
