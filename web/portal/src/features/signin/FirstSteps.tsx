import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";

const PhoneSentence = lazy(async () => ({ default: (await import("../../practice/PhoneSentence")).PhoneSentence }));

type Question = "forgot" | "firstTime";

/** "Forgot your password?", "First time here?": the answer opens in place. */
export function FirstSteps() {
  const { t } = useTranslation();
  const [open, setOpen] = useState<Question | null>(null);
  const question = (id: Question) => (
    <button type="button" className="link-act" aria-expanded={open === id} onClick={() => setOpen(open === id ? null : id)}>
      {t(`signIn.${id}`)}
    </button>
  );
  return (
    <div className="answers">
      <div>
        {question("forgot")}
        {question("firstTime")}
      </div>
      <div role="status"><Suspense>{open && <p className="muted"><PhoneSentence i18nKey={`signIn.${open}Answer`} /></p>}</Suspense></div>
    </div>
  );
}
