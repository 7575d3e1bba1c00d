import { UserRoundX } from "lucide-react";
import { useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { isProblem } from "@/api/problem";
import { initials } from "@/domain/words";
import { Avatar } from "@/ui/Avatar";
import { Banner } from "@/ui/Banner";
import { Act } from "../../frame/Act";
import { PageHeading } from "../../frame/PageHeading";
import { StatePanel } from "../../frame/StatePage";
import { usePageTitle } from "../../frame/usePageTitle";
import { usePractice } from "../../practice/practices";
import { actFor, keepWhom, useMe } from "../../session/session";

export interface ActingChoiceProps {
  /** Called when another person was chosen than before. */
  onChanged: () => void;
}

/** "Who are you here for?": after sign-in when there is more than one, and at "Change". */
export function ActingChoice({ onChanged }: ActingChoiceProps) {
  const { t } = useTranslation();
  const practice = usePractice();
  const { patients, actingFor } = useMe();
  const [chosen, setChosen] = useState(actingFor ?? patients[0]?.id);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<"failed" | "gone" | null>(null);
  usePageTitle(t("pageTitle.who", { practice: practice.name }));

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (busy || !chosen) return;
    if (chosen === actingFor) return keepWhom();
    setBusy(true);
    setProblem(null);
    try {
      await actFor(chosen);
      onChanged();
    } catch (error) {
      setProblem(isProblem(error, "not_found") ? "gone" : "failed");
      setBusy(false);
    }
  };

  if (patients.length === 0)
    return <StatePanel icon={UserRoundX} level={1} title={t("acting.none")} hint={t("acting.noneHint", { phone: practice.phone })} />;

  return (
    <form className="card stack" onSubmit={(event) => void submit(event)}>
      <div>
        <PageHeading>{t("acting.heading")}</PageHeading>
        <p className="lede">{t("acting.lede")}</p>
      </div>
      {problem && <Banner tone="danger" live="alert"><b>{t(`acting.${problem}`)}</b>{t(`acting.${problem}Hint`)}</Banner>}
      <fieldset>
        <legend className="visually-hidden">{t("acting.heading")}</legend>
        <div className="people">
          {patients.map(({ id, fullName, relationship }) => (
            <label className="choice" key={id}>
              <Avatar kind="patient" initials={initials(fullName)} />
              <span><b>{fullName}</b><small>{t(`acting.who.${relationship}`)}</small></span>
              <input className="visually-hidden" type="radio" name="who" checked={chosen === id} onChange={() => setChosen(id)} />
              <span className="radio" aria-hidden="true" />
            </label>
          ))}
        </div>
      </fieldset>
      <div className="send-row"><Act type="submit" unavailable={busy}>{t("acting.continue")}</Act></div>
    </form>
  );
}
