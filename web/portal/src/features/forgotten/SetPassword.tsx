import { useQuery } from "@tanstack/react-query";
import { useRef, useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import type { CheckedReset } from "@/api/types";
import { isProblem } from "@/api/problem";
import { Act } from "../../frame/Act";
import { DeadLink } from "../../frame/DeadLink";
import { LinkState } from "../../frame/LinkState";
import { NewPasswordField, newPasswordProblem, refusedPassword } from "../../frame/NewPasswordField";
import { PageHeading } from "../../frame/PageHeading";
import { Trouble } from "../../frame/Trouble";
import { useAct } from "../../frame/useAct";
import { useToSignIn } from "../../frame/useToSignIn";
import { usePractice } from "../../practice/practices";
import { dropLinkToken } from "../../session/linkToken";
import { resetQuery, setPassword } from "./queries";

/** A new password by the link of a mail. */
export function SetPassword({ token }: { token: string }) {
  const { slug } = usePractice();
  const query = useQuery(resetQuery(slug, token));
  return (
    <LinkState query={query} dead={<Dead />}>
      {(check) => <Form token={token} check={check} />}
    </LinkState>
  );
}

function Dead() {
  const { t } = useTranslation();
  return (
    <DeadLink what="reset">
      <Act onClick={dropLinkToken}>{t("reset.another")}</Act>
    </DeadLink>
  );
}

function Form({ token, check }: { token: string; check: CheckedReset }) {
  const { t } = useTranslation();
  const { slug } = usePractice();
  const act = useAct();
  const toSignIn = useToSignIn();
  const [password, setText] = useState("");
  const [problem, setProblem] = useState<string>();
  const field = useRef<HTMLInputElement>(null);
  const refused = refusedPassword(act.error, "/password", check.minimumLength, t);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const found = newPasswordProblem(password, check.minimumLength, t);
    setProblem(found);
    act.clear();
    if (found) return field.current?.focus();
    if (await act.run(() => setPassword(slug, token, password))) toSignIn({ news: "password" });
  };

  if (isProblem(act.error, "invalid_token")) return <Dead />;
  return (
    <form className="card" onSubmit={(event) => void submit(event)} noValidate>
      <div>
        <PageHeading>{t("reset.newHeading")}</PageHeading>
        <p className="lede">{t("reset.newLede", { practice: check.practice.name })}</p>
      </div>
      {!refused && <Trouble error={act.error} />}
      <NewPasswordField
        ref={field} minimumLength={check.minimumLength} error={problem ?? refused}
        value={password} onChange={(event) => setText(event.target.value)}
      />
      <Act type="submit" block unavailable={act.busy}>{t(act.busy ? "password.saving" : "password.save")}</Act>
    </form>
  );
}
