// @vitest-environment node
import { readFileSync } from "node:fs";
import openapiTS, { astToString, COMMENT_HEADER } from "openapi-typescript";
import { expect, it } from "vitest";

const snapshot = new URL("../../openapi.json", import.meta.url);
const generated = new URL("./schema.ts", import.meta.url);

it("is what the committed snapshot generates: run `npm run api:generate` when this fails", async () => {
  const expected = COMMENT_HEADER + astToString(await openapiTS(snapshot));
  expect(readFileSync(generated, "utf8")).toBe(expected);
});
