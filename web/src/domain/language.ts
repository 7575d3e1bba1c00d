/** The languages that the guess below can tell apart. */
export type WrittenLanguage = "en" | "es" | "zh";

const ENGLISH = /(?<!\p{L})(the|and|is|are|you|your|my|we|to|of|not|please|have|monday|friday|days?|hours)(?!\p{L})/giu;
const SPANISH = /(?<!\p{L})(el|la|los|las|que|para|con|por|una|un|está|su|mi|de|del|hola|gracias|tengo|días)(?!\p{L})/giu;

const distinct = (text: string, words: RegExp) => new Set(text.toLowerCase().match(words)).size;

/**
 * Guesses the language of a text, so that readers can be told to pronounce it well. Undefined where the
 * text is too short or too mixed to say: then the page's own language stands.
 */
export function languageOf(text: string): WrittenLanguage | undefined {
  if (/\p{Script=Han}/u.test(text)) return "zh";
  const spanish = distinct(text, SPANISH) + (/[¿¡ñ]/i.test(text) ? 2 : 0);
  const english = distinct(text, ENGLISH);
  if (Math.max(spanish, english) < 2 || spanish === english) return undefined;
  return spanish > english ? "es" : "en";
}

/** The `lang` of a text that is not in the page's language; undefined where none is needed. */
export function langOf(text: string, pageLanguage: string): WrittenLanguage | undefined {
  const language = languageOf(text);
  return language === pageLanguage ? undefined : language;
}
