import { Link } from "@tanstack/react-router";
import { lazy, Suspense, useState } from "react";
import { useT } from "@/i18n/useT";
import { usePractice } from "../../practice/practices";

const PhoneSentence = lazy(async () => ({ default: (await import("../../practice/PhoneSentence")).PhoneSentence }));

/** "Forgot your password?", "First time here?": by oneself where the practice lets people, else by phone. */
export function FirstSteps() {
  const { t } = useT();
  const { slug, identityCheck } = usePractice();
  const [open, setOpen] = useState(false);
  return (
    <div className="answers">
      <div>
        <Link className="link-act" to="/$practice/reset-password" params={{ practice: slug }}>{t("signIn.forgot")}</Link>
        {identityCheck ? (
          <Link className="link-act" to="/$practice/activate" params={{ practice: slug }}>{t("signIn.openAccount")}</Link>
        ) : (
          <button type="button" className="link-act" aria-expanded={open} onClick={() => setOpen(!open)}>{t("signIn.firstTime")}</button>
        )}
      </div>
      <div role="status"><Suspense>{open && <p className="muted"><PhoneSentence i18nKey="signIn.firstTimeAnswer" /></p>}</Suspense></div>
    </div>
  );
}
