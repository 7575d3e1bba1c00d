import { describe, expect, it } from "vitest";
import { ME, message } from "../../test/fixtures";
import { buildTimeline, colleaguesAt, firstUnread, newestPublicUpTo, readersOf } from "./timeline";

const staff = (id: string, note = false) => message(id, { senderType: "staff", senderId: "s2", isInternalNote: note });

describe("firstUnread", () => {
  it("is the first message after one's cursor that somebody else wrote", () => {
    const own = message("m2", { senderType: "staff", senderId: ME });
    expect(firstUnread([message("m1"), own, message("m3")], "m1", ME)).toBe("m3");
  });
  it("skips automatic replies and is null at the end", () => {
    const auto = message("m2", { senderType: "system" });
    expect(firstUnread([message("m1"), auto], "m1", ME)).toBeNull();
  });
  it("counts everything when one never read", () => {
    expect(firstUnread([message("m1")], null, ME)).toBe("m1");
  });
});

it("draws a line for each day and one before the first new message", () => {
  const items = buildTimeline([message("m1", { sentAt: "2026-03-10T12:00:00.000Z" }), message("m2"), message("m3")], "m3");
  expect(items.map((item) => item.kind)).toEqual(["day", "message", "day", "message", "new", "message"]);
});

it("takes a reader to have read every staff message up to the newest one read", () => {
  const seen = [{ name: "Ana Silva", at: "2026-03-12T09:31:00.000Z", messageId: "m3" }];
  const readers = readersOf([message("m1"), staff("m2"), message("m3"), staff("m4")], seen);
  expect([...readers.keys()]).toEqual(["m2"]);
});

it("stands a colleague at the newest message of the patient, or note, that they have read", () => {
  const seen = (staffId: string, messageId: string) => ({ staffId, fullName: `Dr. ${staffId}`, at: "2026-03-12T09:46:00.000Z", messageId });
  const messages = [message("m1"), staff("m2", true), staff("m3"), message("m4")];
  const readers = colleaguesAt(messages, [seen("s9", "m3"), seen("s8", "m1"), seen("s7", "m1"), seen("s6", "elsewhere")]);
  expect([...readers].map(([id, names]) => [id, names.map(({ name }) => name)])).toEqual([["m2", ["Dr. s9"]], ["m1", ["Dr. s8", "Dr. s7"]]]);
});

it("never takes a note for what a reply's author has seen", () => {
  expect(newestPublicUpTo([message("m1"), staff("m2", true)], "m2")).toBe("m1");
  expect(newestPublicUpTo([message("m1"), message("m2")], "m1")).toBe("m1");
});
