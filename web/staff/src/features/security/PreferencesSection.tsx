import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Preferences } from "@/api/types";
import { Banner } from "@/ui/Banner";
import { Checkbox } from "@/ui/Checkbox";
import { Segmented } from "@/ui/Segmented";
import { problemText } from "../../app/problemText";
import { preferencesOptions, savePreferences } from "../../data/account";
import { Answer, Section } from "./Section";

const LANGUAGES = [{ id: "en", label: "English" }, { id: "es", label: "Español" }] as const;

/** The choices as they are being saved; a refusal takes them back to what the server has. */
function Choices({ saved }: { saved: Preferences }) {
  const { t } = useTranslation();
  const [wanted, setWanted] = useState<Preferences | null>(null);
  const [failure, setFailure] = useState<unknown>(null);
  const shown = wanted ?? saved;
  const change = async (part: Partial<Preferences>) => {
    const next = { ...shown, ...part };
    setFailure(null);
    setWanted(next);
    try {
      await savePreferences(next);
    } catch (error) {
      setFailure(error);
    }
    setWanted(null);
  };
  return (
    <div className="card-item">
      {Boolean(failure) && <Banner tone="danger" live="alert"><b>{t("prefs.notSaved")}</b> {problemText(t, failure)}</Banner>}
      <Checkbox isSelected={shown.mailEnabled} onChange={(mailEnabled) => void change({ mailEnabled })}>{t("prefs.mail")}</Checkbox>
      <div className="prefs__language">
        <span className="field__label" aria-hidden="true">{t("prefs.language")}</span>
        <Segmented label={t("prefs.language")} value={shown.language} options={LANGUAGES} onChange={(language) => void change({ language })} />
      </div>
    </div>
  );
}

/** What one is told by mail, and in which language. */
export function PreferencesSection() {
  const { t } = useTranslation();
  const query = useQuery(preferencesOptions());
  return (
    <Section title={t("prefs.title")} text={t("prefs.text")}>
      <Answer query={query}>{(saved) => <Choices saved={saved} />}</Answer>
    </Section>
  );
}
