import { MailCheck } from "lucide-react";
import { useTranslation } from "react-i18next";
import { isProblem } from "@/api/problem";
import { Act } from "../../frame/Act";
import { DeadLink } from "../../frame/DeadLink";
import { PageHeading } from "../../frame/PageHeading";
import { Trouble } from "../../frame/Trouble";
import { useAct } from "../../frame/useAct";
import { useToSignIn } from "../../frame/useToSignIn";
import { usePractice } from "../../practice/practices";
import { confirmEmail } from "./queries";

/** Confirms a new e-mail: by a press, for mail programs open links by themselves. */
export function ConfirmEmail({ token }: { token: string }) {
  const { t } = useTranslation();
  const { slug, name } = usePractice();
  const act = useAct();
  const toSignIn = useToSignIn();
  const confirm = async () => {
    if (await act.run(() => confirmEmail(slug, token))) toSignIn({ news: "email" });
  };
  if (isProblem(act.error, "invalid_token", "validation_failed", "not_found")) return <DeadLink what="confirm" />;
  return (
    <section className="card">
      <div>
        <PageHeading>{t("confirm.heading")}</PageHeading>
        <p className="lede">{t("confirm.lede", { practice: name })}</p>
      </div>
      <Trouble error={act.error} />
      <Act block icon={MailCheck} unavailable={act.busy} onClick={() => void confirm()}>{t(act.busy ? "confirm.busy" : "confirm.submit")}</Act>
    </section>
  );
}
