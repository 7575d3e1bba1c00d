import { useTranslation } from "react-i18next";
import { isProblem } from "@/api/problem";
import { Banner } from "@/ui/Banner";
import { Button } from "@/ui/Button";
import { Bone, Skeleton } from "@/ui/Skeleton";
import { problemText } from "../../app/problemText";
import { leavePublicPage } from "../../app/publicPage";

/** The way from a page without a session to the sign-in. */
export function ToSignIn() {
  const { t } = useTranslation();
  return <Button variant="ghost" className="sign__link" onPress={() => leavePublicPage()}>{t("link.toSignIn")}</Button>;
}

export function LinkChecking() {
  const { t } = useTranslation();
  return (
    <>
      <h1>{t("link.checking")}</h1>
      <Skeleton label={t("link.checking")}><div className="sign__fields"><Bone className="w-10/12" /><Bone className="w-7/12" /></div></Skeleton>
    </>
  );
}

interface LinkBadProps {
  problem: unknown;
  /** What to do about a link that is no longer good. */
  advice: string;
  onAgain: () => void;
}

/** A link that is used, too old or cut short; or an answer that did not come, which is another matter. */
export function LinkBad({ problem, advice, onAgain }: LinkBadProps) {
  const { t } = useTranslation();
  const spent = isProblem(problem, "invalid_token", "validation_failed", "malformed_request");
  return (
    <>
      <h1>{t(spent ? "link.bad" : "link.noAnswer")}</h1>
      <Banner tone={spent ? "info" : "danger"} live="alert">{spent ? advice : problemText(t, problem)}</Banner>
      {!spent && <Button variant="primary" size="lg" block onPress={onAgain}>{t("tryAgain")}</Button>}
      <ToSignIn />
    </>
  );
}
