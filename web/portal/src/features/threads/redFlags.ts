/** What somebody describes that should not wait for an answer. */
export type RedFlag = "breathing" | "chest" | "swelling" | "harm" | "bleeding";

/** English and Spanish together: people mix them. Plain words only; it is a reminder, not a diagnosis. */
const PATTERNS: Record<RedFlag, RegExp> = {
  breathing: /(trouble|difficulty|hard|cannot|can.?t|unable to|struggling) (to )?breath|short(ness)? of breath|dificultad (para|al) respirar|no (puede|puedo) respirar|falta de aire/gi,
  chest: /chest (pain|pressure|tight)|pain in (my|his|her|the) chest|dolor (de|en el) pecho/gi,
  swelling: /(lips?|face|tongue|throat) (is|are|got|has|have)? ?(very |badly )?(swollen|swelling)|swollen (lips?|face|tongue|throat)|(labios?|cara|lengua|garganta) (est[áa]n? )?hinchad[oa]s?|se le hinch/gi,
  harm: /suicid|kill (my|him|her)self|hurt myself|end my life|want to die|matarme|quitarme la vida|quiero morir/gi,
  bleeding: /(bleeding (a lot|heavily)|(won.?t|does not|doesn.?t) stop bleeding|bleeding (won.?t|will not|does not|doesn.?t) stop)|no (para|deja) de sangrar|sangra mucho/gi,
};

/** "No trouble breathing", "without chest pain": said to reassure. */
const DENIED = /(^|[^\p{L}])(no|not|never|without|sin|nunca|ni|ning[uú]n[ao]?)( \p{L}+)?[ ,]*$/iu;

/** The first red flag in a text, if any. A denied one does not count. */
export function redFlagIn(text: string): RedFlag | null {
  for (const [flag, pattern] of Object.entries(PATTERNS) as [RedFlag, RegExp][])
    for (const match of text.matchAll(pattern)) if (!DENIED.test(text.slice(0, match.index))) return flag;
  return null;
}
