import { expect, it } from "vitest";
import type { LiveEvent } from "@/api/live";
import { staleAfter } from "./useLive";

const thread = (kind: string) => staleAfter({ type: "thread", threadId: "t", kind } as LiveEvent);
const LIST = ["threads", "list"];
const ONE = ["threads", "one", "t"];

it.each([
  ["started", [LIST, ONE]],
  ["message", [LIST, ONE]],
  ["status", [LIST, ONE]],
  ["fields", [LIST, ONE]],
  ["seen", [ONE]],
  ["file", [ONE]],
  ["read", [LIST]],
])("%s is something that a patient's screen shows", (kind, stale) => {
  expect(thread(kind)).toEqual(stale);
});

it.each(["note", "assigned", "links", "gone", "priority", "", "constructor"])("%s changes nothing on a patient's screen", (kind) => {
  expect(thread(kind)).toEqual([]);
});

it.each([
  { type: "presence", threadId: "t", viewers: [] },
  { type: "notification", notificationId: "n", threadId: "t" },
  { type: "practice" },
  { type: "typing", threadId: "t", kind: "message" },
])("an event of the kind $type changes nothing", (event) => {
  expect(staleAfter(event as unknown as LiveEvent)).toEqual([]);
});
