import { expect, it } from "vitest";
import { langOf, languageOf } from "./language";

it.each([
  ["¿Puede nadar con la crema nueva?", "es"],
  ["Hola, Sofía tiene clase de natación el sábado.", "es"],
  ["We do not read messages at night or on weekends.", "en"],
  ["No fever and no pus. Abuela put some cold towels on it, «le calmó bastante», and the rash is better.", "en"],
  ["我的药膏用完了", "zh"],
  ["Tretinoin", undefined],
  ["", undefined],
])("hears the language of %j", (text, language) => {
  expect(languageOf(text)).toBe(language);
});

it("names a language only where it is not the page's own", () => {
  expect(langOf("¿Puede nadar con la crema?", "en")).toBe("es");
  expect(langOf("¿Puede nadar con la crema?", "es")).toBeUndefined();
});
