import { describe, expect, it } from "vitest";
import { messageOf, staffMessage, threadOf } from "../../../tests/fixtures";
import { firstNew, linesOf, seenOf } from "./timeline";

const auto = messageOf("auto", { senderType: "system", isOwn: false });
const talk = [messageOf("a"), auto, staffMessage("b", "Yes."), staffMessage("c", "Ready.")];

describe("the first new message", () => {
  it.each([
    ["follows the last one read", talk, "b", true, "c"],
    ["is never an automatic reply", talk, "a", true, "b"],
    ["is none when all was read", talk, "c", true, null],
    ["is the first of others where nothing was read", talk, null, true, "b"],
    ["is unknown where it stands on a page that is not loaded", talk, null, false, null],
    ["is unknown where the last one read is not loaded", talk, "gone", true, null],
    ["is never one's own", [messageOf("a"), messageOf("z")], "a", true, null],
  ])("%s", (_fact, messages, lastRead, complete, expected) => {
    expect(firstNew(messages, lastRead, complete)).toBe(expected);
  });
});

describe("a receipt", () => {
  const sentAt = "2026-03-11T09:42:00.000Z";
  const own = messageOf("a", { sentAt });

  it("says sent while nobody has seen it", () => {
    expect(seenOf(own, [auto], threadOf())).toEqual({ kind: "sent" });
  });

  it("says seen where the care team answered, whatever the cursor says", () => {
    expect(seenOf(own, [staffMessage("b", "Yes.")], threadOf())).toEqual({ kind: "seen" });
  });

  it("gives the time on the newest of those that were seen", () => {
    const thread = threadOf({ seenByCareTeamAt: "2026-03-11T10:00:00.000Z" });
    const second = messageOf("b", { sentAt: "2026-03-11T09:50:00.000Z" });
    expect(seenOf(own, [second], thread)).toEqual({ kind: "seen", at: undefined });
    expect(seenOf(second, [], thread)).toEqual({ kind: "seen", at: thread.seenByCareTeamAt });
  });
});

it("draws a line for each day and one where the news begin", () => {
  const messages = [
    messageOf("a", { sentAt: "2026-03-10T12:00:00.000Z" }),
    staffMessage("b", "Yes.", { sentAt: "2026-03-11T12:00:00.000Z" }),
    staffMessage("c", "Ready.", { sentAt: "2026-03-11T12:05:00.000Z" }),
  ];
  expect(linesOf(messages, threadOf(), "c").map((line) => (line.kind === "day" ? (line.isNew ? "new" : "day") : line.key))).toEqual([
    "day", "a", "day", "b", "new", "c",
  ]);
});
