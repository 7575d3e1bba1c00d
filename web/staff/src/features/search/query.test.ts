import { describe, expect, it } from "vitest";
import { completed, valueAtEnd, withoutFilter } from "./query";

describe("withoutFilter", () => {
  it("takes off one operator and leaves every other word as it was written", () => {
    const query = `cream "two words" category:medical -itch from:"Ana Silva"`;
    expect(withoutFilter(query, { name: "category", value: "medical", label: "medical" })).toBe(`cream "two words" -itch from:"Ana Silva"`);
    expect(withoutFilter(query, { name: "from", value: "Ana Silva", label: "Ana Silva" })).toBe(`cream "two words" category:medical -itch`);
  });

  it("knows an operator by its name where the server tells its value otherwise", () => {
    expect(withoutFilter("assigned:okafor rash", { name: "assigned", value: "0190-id", label: "Dr. Okafor" })).toBe("rash");
  });
});

it("completes a filter that has no value, and nothing else", () => {
  expect(completed("from:")).toBe("from:me");
  expect(completed('Category:""')).toBe("category:medical");
  for (const part of ["from:me", "colour:", "constructor:", "rash"]) expect(completed(part)).toBeUndefined();
});

it("knows the filter that a suggestion ends with", () => {
  expect(valueAtEnd("cream category:medical ")).toEqual({ name: "category", value: "medical" });
  expect(valueAtEnd("cream ")).toBeUndefined();
});
