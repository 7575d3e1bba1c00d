import { beforeEach, expect, it } from "vitest";
import { resetSession } from "../../session/session";
import { draftName, draftOf, keepDraft, keySpent, tryFor } from "./drafts";

beforeEach(resetSession);

it("belongs to one patient and one conversation", () => {
  keepDraft(draftName("sofia", "t1"), { messageText: "She scratches." });
  expect(draftOf(draftName("sofia", "t1"))).toEqual({ messageText: "She scratches." });
  expect(draftOf(draftName("mateo", "t1"))).toBeUndefined();
  expect(draftOf(draftName("sofia"))).toBeUndefined();
});

it("is gone when its words are, and with the session", () => {
  keepDraft("a", { messageText: "Words" });
  expect(draftOf("a")).toBeDefined();
  keepDraft("a", { messageText: "" });
  expect(draftOf("a")).toBeUndefined();
  keepDraft("b", { messageText: "Words" });
  resetSession();
  expect(draftOf("b")).toBeUndefined();
});

it("is sent under one key until its words change or it arrived", () => {
  const keyFor = (path: string) => tryFor(path, "Words", { messageText: "Words" }).key;
  const key = keyFor("t1");
  expect(keyFor("t1")).toBe(key);
  expect(keyFor("t2")).not.toBe(key);
  const again = keyFor("t1");
  keySpent();
  expect(keyFor("t1")).not.toBe(again);
});

it("goes out again as it was, though more has been seen since", () => {
  const first = tryFor("t1", "Words", { messageText: "Words", lastSeenMessageId: "m1" });
  expect(tryFor("t1", "Words", { messageText: "Words", lastSeenMessageId: "m2" })).toEqual(first);
});
