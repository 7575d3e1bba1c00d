import { beforeEach, expect, it } from "vitest";
import { resetSession } from "../../session/session";
import { draftName, draftOf, keepDraft, keyFor, keySpent } from "./drafts";

beforeEach(resetSession);

it("belongs to one patient and one conversation", () => {
  keepDraft(draftName("sofia", "t1"), { messageText: "She scratches." });
  expect(draftOf(draftName("sofia", "t1"))).toEqual({ messageText: "She scratches." });
  expect(draftOf(draftName("mateo", "t1"))).toBeUndefined();
  expect(draftOf(draftName("sofia"))).toBeUndefined();
});

it("is gone when its words are, and with the session", () => {
  keepDraft("a", { messageText: "Words" });
  keepDraft("a", { messageText: "" });
  expect(draftOf("a")).toBeUndefined();
  keepDraft("b", { messageText: "Words" });
  resetSession();
  expect(draftOf("b")).toBeUndefined();
});

it("is sent under one key until its words change or it arrived", () => {
  const key = keyFor("t1", { messageText: "Words" });
  expect(keyFor("t1", { messageText: "Words" })).toBe(key);
  expect(keyFor("t2", { messageText: "Words" })).not.toBe(key);
  const again = keyFor("t1", { messageText: "Words" });
  keySpent();
  expect(keyFor("t1", { messageText: "Words" })).not.toBe(again);
});
