import { describe, expect, it } from "vitest";
import type { StaffMember } from "@/api/types";
import { namedIn, toldBy, withoutMention } from "./mentions";

const person = (id: string, fullName: string, sees = true): StaffMember => ({ id, fullName, title: null, role: "nurse", categories: sees ? ["medical"] : [] });
const NAMES = ["Ana Li", "Ana Lima", "Dr. Amara O'Neil (MD)", "José Peña", "Priya Raman-Whitfield"];
const found = (text: string) => namedIn(text, NAMES).map(({ name }) => name);

describe("a name after @", () => {
  it.each([
    ["@Ana Lima, please", ["Ana Lima"]],
    ["@Ana Li, please", ["Ana Li"]],
    ["@Ana Li and @Ana Lima", ["Ana Li", "Ana Lima"]],
    ["(@Ana Li's turn)", ["Ana Li"]],
    ["@Dr. Amara O'Neil (MD) look", ["Dr. Amara O'Neil (MD)"]],
    ["@José Peña.", ["José Peña"]],
    ["@Priya Raman-Whitfield!", ["Priya Raman-Whitfield"]],
  ])("is read whole in %s", (text, names) => expect(found(text)).toEqual(names));

  it.each(["@Ana Limas", "@Ana Lind", "@Ana Li-Gómez", "@Ana Li’Amour", "mail@Ana Li", "Ana Li", "@ Ana Li"])("is not read into %s", (text) => {
    expect(found(text)).toEqual([]);
  });
});

describe("a note", () => {
  const staff = [person("1", "Ana Li"), person("2", "Ana Lima"), person("3", "Eva Ruiz"), person("4", "Eva Ruiz"), person("5", "Bo Berg", false), person("6", "Eva Ruiz", false)];
  const told = (text: string, chosen: string[] = []) => toldBy(text, staff, ({ categories }) => categories.includes("medical"), chosen);

  it("tells whom it names and nobody whose name begins so", () => {
    expect(told("@Ana Lima look").people.map(({ id }) => id)).toEqual(["2"]);
  });

  it("tells of namesakes those who were chosen, else each who sees it", () => {
    expect(told("@Eva Ruiz", ["4"]).people.map(({ id }) => id)).toEqual(["4"]);
    expect(told("@Eva Ruiz").people.map(({ id }) => id)).toEqual(["3", "4"]);
    expect(told("nobody", ["4"]).people).toEqual([]);
  });

  it("names those whom it cannot tell", () => {
    expect(told("@Bo Berg and @Eva Ruiz").unable).toEqual(["Bo Berg"]);
  });
});

it("takes a mention away and leaves the names alone that it begins", () => {
  expect(withoutMention("@Ana Li, @Ana Lima, @Ana Li", "Ana Li", NAMES)).toBe("Ana Li, @Ana Lima, Ana Li");
});
