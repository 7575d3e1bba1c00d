import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { UploadOptions } from "@/api/attachments";
import { networkProblem, ProblemError } from "@/api/problem";
import type { Attachment } from "@/api/types";
import { attachment, fileNamed, limits } from "@/test/attachments";
import { idsOf } from "./uploadState";
import { Uploads } from "./uploads";

/** A server whose answers the test gives one by one. */
function scene() {
  const calls: { file: File; options: UploadOptions; answer: (file: Attachment) => void; fail: (error: unknown) => void }[] = [];
  const removed: string[] = [];
  const swept: string[] = [];
  const uploads = new Uploads({
    upload: (file, options) =>
      new Promise((answer, fail) => {
        options.signal.addEventListener("abort", () => fail(new DOMException("aborted", "AbortError")));
        calls.push({ file, options, answer, fail });
      }),
    remove: async (id) => void removed.push(id),
    status: async (id) => {
      if (swept.includes(id)) throw new ProblemError("not_found", 404);
      return attachment(id);
    },
  });
  const states = (name = "d") => uploads.of(name).items.map(({ state }) => state.kind);
  return { uploads, calls, removed, swept, states };
}

const settled = () => vi.advanceTimersByTimeAsync(0);
const scanning = (id: string) => attachment(id, { state: "scanning" });

beforeEach(() => vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe("an upload", () => {
  it("tells how much has left, and never that it is done before the server says so", async () => {
    const { uploads, calls } = scene();
    uploads.add("d", [fileNamed("a.jpg")], limits);
    calls[0]?.options.onProgress(0.624);
    expect(uploads.of("d").items[0]?.state).toEqual({ kind: "uploading", part: 0.62 });
    calls[0]?.options.onProgress(1);
    expect(uploads.of("d").items[0]?.state).toEqual({ kind: "uploading", part: 0.99 });
    calls[0]?.answer(scanning("f1"));
    await settled();
    expect(uploads.of("d").items[0]?.state.kind).toBe("checking");
    uploads.note(attachment("f1"));
    expect(uploads.of("d").items[0]?.state.kind).toBe("ready");
  });

  it("goes out three at a time", async () => {
    const { uploads, calls, states } = scene();
    uploads.add("d", ["a.jpg", "b.jpg", "c.jpg", "d.jpg"].map((name) => fileNamed(name)), limits);
    expect(states()).toEqual(["uploading", "uploading", "uploading", "waiting"]);
    calls[1]?.answer(scanning("f2"));
    await settled();
    expect(states()).toEqual(["uploading", "checking", "uploading", "uploading"]);
  });

  it("is cancelled with its file, and an answer that still comes is taken back", async () => {
    const { uploads, calls, removed, states } = scene();
    uploads.add("d", [fileNamed("a.jpg")], limits);
    const { id } = uploads.of("d").items[0]!;
    uploads.remove("d", id);
    expect(calls[0]?.options.signal.aborted).toBe(true);
    expect(states()).toEqual([]);
    uploads.add("d", [fileNamed("b.jpg")], limits);
    calls[1]?.answer(scanning("f2"));
    await settled();
    uploads.remove("d", uploads.of("d").items[0]!.id);
    expect(removed).toEqual(["f2"]);
  });

  it("that lost its connection goes on by itself, later and later, and at last says so", async () => {
    const { uploads, calls, states } = scene();
    uploads.add("d", [fileNamed("a.jpg")], limits);
    for (const wait of [1_000, 2_000, 4_000, 8_000, 15_000, 30_000]) {
      calls.at(-1)?.fail(networkProblem());
      await settled();
      expect(states()).toEqual(["lost"]);
      await vi.advanceTimersByTimeAsync(wait - 1);
      expect(states()).toEqual(["lost"]);
      await vi.advanceTimersByTimeAsync(1);
      expect(states()).toEqual(["uploading"]);
    }
    calls.at(-1)?.fail(networkProblem());
    await settled();
    expect(uploads.of("d").items[0]?.state).toEqual({ kind: "failed", code: "network" });
    expect(calls).toHaveLength(7);
    uploads.retry("d", uploads.of("d").items[0]!.id);
    expect(states()).toEqual(["uploading"]);
  });

  it("has one key through all its own tries, and another when somebody starts it again", async () => {
    const { uploads, calls } = scene();
    uploads.add("d", [fileNamed("a.jpg")], limits);
    for (let tries = 0; tries < 7; tries++) {
      calls.at(-1)?.fail(networkProblem());
      await vi.advanceTimersByTimeAsync(30_000);
    }
    expect(new Set(calls.map(({ options }) => options.key)).size).toBe(1);
    uploads.retry("d", uploads.of("d").items[0]!.id);
    expect(calls.at(-1)?.options.key).not.toBe(calls[0]?.options.key);
  });

  it("waits without end while the device is offline, and goes on when it is back", async () => {
    const { uploads, calls, states } = scene();
    vi.spyOn(navigator, "onLine", "get").mockReturnValue(false);
    uploads.add("d", [fileNamed("a.jpg")], limits);
    calls[0]?.fail(networkProblem());
    await vi.advanceTimersByTimeAsync(600_000);
    expect(states()).toEqual(["lost"]);
    window.dispatchEvent(new Event("online"));
    expect(states()).toEqual(["uploading"]);
    expect(calls).toHaveLength(2);
    // Nobody was there: the second try keeps no session alive.
    expect(calls.map(({ options }) => options.userAction)).toEqual([true, false]);
  });

  it.each([
    [413, "file_too_large", "file_too_large"],
    [422, "active_content", "active_content"],
    [422, "file_type_mismatch", "file_type_mismatch"],
    [415, "unsupported_media_type", "file_type_not_allowed"],
    [422, "validation_failed", "bad_name"],
    [422, "something_new", "other"],
  ])("that the server answers with %i %s is refused for good", async (status, code, shown) => {
    const { uploads, calls } = scene();
    uploads.add("d", [fileNamed("a.jpg")], limits);
    calls[0]?.fail(new ProblemError(code, status));
    await settled();
    expect(uploads.of("d").items[0]?.state).toEqual({ kind: "refused", code: shown });
    expect(calls).toHaveLength(1);
  });

  it.each([[408, "request_timeout"], [429, "rate_limited"], [503, "dependency_unavailable"], [502, "unexpected"]])(
    "that ends with %i %s is tried again by itself", async (status, code) => {
      const { uploads, calls, states } = scene();
      uploads.add("d", [fileNamed("a.jpg")], limits);
      calls[0]?.fail(new ProblemError(code, status));
      await settled();
      expect(states()).toEqual(["lost"]);
      await vi.advanceTimersByTimeAsync(1_000);
      expect(calls).toHaveLength(2);
    },
  );

  it("that could not be checked is taken back when it is sent anew", async () => {
    const { uploads, calls, removed, states } = scene();
    uploads.add("d", [fileNamed("a.jpg")], limits);
    calls[0]?.answer(scanning("f1"));
    await settled();
    uploads.note(attachment("f1", { state: "failed" }));
    expect(states()).toEqual(["failed"]);
    uploads.retry("d", uploads.of("d").items[0]!.id);
    expect(removed).toEqual(["f1"]);
    expect(states()).toEqual(["uploading"]);
  });

  it("that the server has no more, after a day unsent, stands in the way until it is sent anew", async () => {
    const { uploads, calls, swept, states } = scene();
    uploads.add("d", [fileNamed("a.jpg"), fileNamed("b.jpg")], limits);
    calls.forEach(({ answer }, at) => answer(attachment(`f${at}`)));
    await settled();
    await expect(uploads.missAny("d")).resolves.toBe(false);
    swept.push("f1");
    await expect(uploads.missAny("d")).resolves.toBe(true);
    expect(states()).toEqual(["ready", "failed"]);
    expect(uploads.of("d").held).toBe(true);
    await expect(uploads.whenDone("d")).resolves.toEqual({ kind: "problem" });
  });

  it("stops with the session and goes on for its own writer", async () => {
    const { uploads, calls, states } = scene();
    uploads.add("d", [fileNamed("a.jpg")], limits);
    uploads.pause();
    expect(calls[0]?.options.signal.aborted).toBe(true);
    expect(states()).toEqual(["lost"]);
    await vi.advanceTimersByTimeAsync(600_000);
    // A connection that comes and goes is no sign of its writer.
    window.dispatchEvent(new Event("online"));
    expect(calls).toHaveLength(1);
    uploads.resume("d");
    expect(states()).toEqual(["uploading"]);
    uploads.clear();
    expect(states()).toEqual([]);
  });
});

describe("what cannot be sent is refused before anything is", () => {
  it.each([
    [fileNamed("IMG_4412.HEIC", "image/heic"), "heic"],
    [fileNamed("IMG_4412.heif", ""), "heic"],
    [fileNamed("referral.doc", "application/msword"), "old_word"],
    [fileNamed("page.svg", "image/svg+xml"), "file_type_not_allowed"],
    [fileNamed("empty.jpg", "image/jpeg", 0), "empty_file"],
    [fileNamed("big.jpg", "image/jpeg", limits.maxFileBytes + 1), "file_too_large"],
  ])("%s", (file, code) => {
    const { uploads, calls } = scene();
    uploads.add("d", [file], limits);
    expect(uploads.of("d").items[0]?.state).toEqual({ kind: "refused", code });
    expect(calls).toEqual([]);
  });

  it("and what is more than a message holds", () => {
    const { uploads, states } = scene();
    uploads.add("d", Array.from({ length: 22 }, (_, at) => fileNamed(`${at}.jpg`)), limits);
    expect(states().filter((kind) => kind === "refused")).toHaveLength(2);
  });
});

describe("sending", () => {
  it("waits until all uploads are done and carries their ids in order", async () => {
    const { uploads, calls } = scene();
    uploads.add("d", [fileNamed("a.jpg"), fileNamed("b.jpg")], limits);
    const done = vi.fn();
    void uploads.whenDone("d").then(done);
    calls[1]?.answer(scanning("f2"));
    await settled();
    expect(done).not.toHaveBeenCalled();
    expect(uploads.of("d").awaited).toBe(true);
    calls[0]?.answer(scanning("f1"));
    await settled();
    expect(done).toHaveBeenCalledExactlyOnceWith({ kind: "ready", ids: ["f1", "f2"] });
    expect(uploads.of("d").awaited).toBe(false);
  });

  it("waits once, however often it is asked", async () => {
    const { uploads } = scene();
    uploads.add("d", [fileNamed("a.jpg")], limits);
    void uploads.whenDone("d");
    await expect(uploads.whenDone("d")).resolves.toEqual({ kind: "called-off" });
  });

  it("is held when a file comes to nothing meanwhile", async () => {
    const { uploads, calls } = scene();
    uploads.add("d", [fileNamed("a.jpg"), fileNamed("b.jpg")], limits);
    const outcome = uploads.whenDone("d");
    calls[0]?.answer(scanning("f1"));
    calls[1]?.fail(new ProblemError("encrypted_file", 422));
    await expect(outcome).resolves.toEqual({ kind: "problem" });
    expect(uploads.of("d")).toMatchObject({ awaited: false, held: true });
    // Seen and accepted by the writer, it stands in nobody's way.
    await expect(uploads.whenDone("d")).resolves.toEqual({ kind: "ready", ids: ["f1"] });
  });

  it("is called off by its writer, by the end of the session, and by nothing else", async () => {
    const { uploads } = scene();
    uploads.add("d", [fileNamed("a.jpg")], limits);
    const first = uploads.whenDone("d");
    uploads.callOff("d");
    await expect(first).resolves.toEqual({ kind: "called-off" });
    const second = uploads.whenDone("d");
    uploads.pause();
    await expect(second).resolves.toEqual({ kind: "called-off" });
  });

  it("takes along what went, and leaves what was added since", async () => {
    const { uploads, calls, removed } = scene();
    uploads.add("d", [fileNamed("a.jpg")], limits);
    calls[0]?.answer(scanning("f1"));
    await settled();
    const ids = idsOf(uploads.of("d"));
    uploads.add("d", [fileNamed("b.jpg")], limits);
    uploads.sent("d", ids);
    expect(uploads.of("d").items.map(({ file }) => file.name)).toEqual(["b.jpg"]);
    expect(removed).toEqual([]);
  });
});
