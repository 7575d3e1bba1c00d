import { useQuery } from "@tanstack/react-query";
import { Check, ShieldAlert } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Preferences } from "@/api/types";
import { Banner } from "@/ui/Banner";
import { Icon } from "@/ui/Icon";
import { Loaded } from "../../frame/Loaded";
import { Trouble } from "../../frame/Trouble";
import { preferencesQuery, useSavePreferences } from "./queries";

const LANGUAGES = { en: "English", es: "Español" } as const;

/** Whether mails come, in which language, and what they never say. */
export function Mails() {
  const { t } = useTranslation();
  const query = useQuery(preferencesQuery);
  return (
    <section className="card stack">
      <h2>{t("account.mails")}</h2>
      <p>{t("account.mailsText")}</p>
      <Loaded query={query}>{(preferences) => <Choices preferences={preferences} />}</Loaded>
      <Banner tone="quiet" icon={ShieldAlert}>{t("account.mailsTip")}</Banner>
    </section>
  );
}

function Choices({ preferences }: { preferences: Preferences }) {
  const { t } = useTranslation();
  const save = useSavePreferences();
  // What was chosen stands at once; a failure puts back what the server has.
  const shown = save.isPending ? save.variables : preferences;
  const choose = (change: Partial<Preferences>) => save.mutate({ ...shown, ...change });
  return (
    <>
      <label className="choice">
        <span className="box" aria-hidden="true"><Icon icon={Check} /></span>
        <span><b>{t("mails.on")}</b><small>{t("mails.onHint")}</small></span>
        <input className="visually-hidden" type="checkbox" checked={shown.mailEnabled} onChange={(event) => choose({ mailEnabled: event.target.checked })} />
      </label>
      <div>
        <h3 id="mail-language">{t("mails.language")}</h3>
        <div className="filters" role="group" aria-labelledby="mail-language">
          {(Object.keys(LANGUAGES) as (keyof typeof LANGUAGES)[]).map((id) => (
            <button key={id} type="button" className="filter" lang={id} aria-pressed={shown.language === id} onClick={() => choose({ language: id })}>
              {LANGUAGES[id]}
            </button>
          ))}
        </div>
      </div>
      <Trouble error={save.error} known={{}} />
      <p className="visually-hidden" role="status">{save.isSuccess ? t("mails.saved") : ""}</p>
    </>
  );
}
