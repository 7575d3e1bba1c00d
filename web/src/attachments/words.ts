import i18next, { type ResourceLanguage } from "i18next";
import { useTranslation } from "react-i18next";
import commonEn from "@/domain/attachments.en.json";
import commonEs from "@/domain/attachments.es.json";

/** What one app says in its own tone: short to staff, calm to patients. */
export interface OwnWords {
  en: ResourceLanguage;
  es: ResourceLanguage;
}

const NAMESPACE = "attachments";

/** Adds the words once. They stand in a namespace of their own and come with the pages that speak of files. */
export function addWords(own: OwnWords): void {
  if (i18next.hasResourceBundle("en", NAMESPACE)) return;
  i18next.addResourceBundle("en", NAMESPACE, { ...commonEn, ...own.en });
  i18next.addResourceBundle("es", NAMESPACE, { ...commonEs, ...own.es });
}

/** The words about files, in the reader's language. */
export function useWords() {
  const { t, i18n } = useTranslation(NAMESPACE);
  return { words: t, language: i18n.language };
}
