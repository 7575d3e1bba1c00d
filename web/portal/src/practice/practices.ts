import { createContext, useContext } from "react";
import type { Practice, PracticeList } from "@/api/types";
import { languageOf } from "@/domain/language";
import { useT } from "@/i18n/useT";
import { client } from "../session/session";

/** The practices that one may choose from. Public. */
export function fetchPractices(): Promise<PracticeList> {
  return client.requestPublic<PracticeList>("GET", "/api/practices");
}

/** One practice: how to reach it and when it answers. Public. */
export function fetchPractice(slug: string): Promise<Practice> {
  return client.requestPublic<Practice>("GET", `/api/practices/${encodeURIComponent(slug)}`);
}

/** The practice whose pages these are; set by the route that loads it. */
export const PracticeContext = createContext<Practice | null>(null);

/** The practice whose pages these are. */
export function usePractice(): Practice {
  const practice = useContext(PracticeContext);
  if (!practice) throw new Error("no practice around this component");
  return practice;
}

/**
 * Tells the `lang` of the practice's own words, which exist in one language; undefined where it is the page's.
 * What is too short to say it by itself ("1 to 2 days") is taken to be in the language of all the others.
 */
export function useOwnWordsLang(): (text: string) => string | undefined {
  const page = useT();
  const { afterHoursText, emergencyText, hours, answerTimes } = usePractice();
  const together = [afterHoursText, emergencyText, hours, ...answerTimes.map(({ text }) => text)].join(" ");
  return (text) => {
    const language = languageOf(text) ?? languageOf(together);
    return language === page.language ? undefined : language;
  };
}

/** A number that a phone can call: ten digits are North American. */
export function telephoneUri(phone: string): string {
  const digits = phone.replace(/[^\d+]/g, "");
  return digits.length === 10 ? `tel:+1${digits}` : `tel:${digits}`;
}

/** The number for emergencies that a practice names in its own words; 911 where it names none. */
export function emergencyNumber({ emergencyText }: Practice): string {
  return /\d{3,}/.exec(emergencyText)?.[0] ?? "911";
}
