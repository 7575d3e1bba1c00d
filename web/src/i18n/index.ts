import i18next, { type ResourceLanguage } from "i18next";
import { initReactI18next } from "react-i18next";
import domainEn from "@/domain/en.json";
import { onPreferenceChange, preferences, type Preferences } from "@/theme/preferences";

export type Language = Preferences["language"];

/** An app's own words; Spanish arrives in a chunk of its own. */
export interface AppWords {
  en: ResourceLanguage;
  es: () => Promise<{ default: ResourceLanguage }>;
}

async function load(words: AppWords, language: Language): Promise<void> {
  if (i18next.hasResourceBundle(language, "translation")) return;
  const [app, domain] = await Promise.all([words.es(), import("@/domain/es.json")]);
  i18next.addResourceBundle(language, "translation", { ...app.default, domain: domain.default });
}

/** Starts translation in the reader's language and follows every later choice. */
export async function startI18n(words: AppWords): Promise<void> {
  await i18next.use(initReactI18next).init({
    resources: { en: { translation: { ...words.en, domain: domainEn } } },
    lng: "en",
    fallbackLng: "en",
    // React escapes on its own.
    interpolation: { escapeValue: false },
    returnNull: false,
  });
  const follow = async () => {
    const { language } = preferences();
    await load(words, language);
    if (i18next.language !== language) await i18next.changeLanguage(language);
  };
  await follow();
  onPreferenceChange(() => void follow());
}

/** Every leaf of a nested bundle as a dotted path; tests compare languages by it. */
export function leafKeys(bundle: object, prefix = ""): string[] {
  return Object.entries(bundle).flatMap(([key, value]) =>
    typeof value === "object" && value !== null ? leafKeys(value, `${prefix}${key}.`) : [`${prefix}${key}`],
  );
}
