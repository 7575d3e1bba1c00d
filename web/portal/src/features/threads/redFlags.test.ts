import { expect, it } from "vitest";
import { redFlagIn } from "./redFlags";

it.each([
  ["Her lips are swollen and she has trouble breathing since", "breathing"],
  ["I have chest pain since this morning", "chest"],
  ["Tiene dificultad para respirar", "breathing"],
  ["No puede respirar bien", "breathing"],
  ["Se le hinchó la cara", "swelling"],
  ["My tongue is swelling", "swelling"],
  ["I want to die", "harm"],
  ["The cut won't stop bleeding", "bleeding"],
  ["No trouble breathing, no fever", null],
  ["She is fine, without any chest pain", null],
  ["Sin dificultad para respirar", null],
  ["The rash itches at night", null],
  ["", null],
])("hears in %j: %s", (text, flag) => {
  expect(redFlagIn(text)).toBe(flag);
});
