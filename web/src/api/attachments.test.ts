import { http, HttpResponse } from "msw";
import { describe, expect, it, vi } from "vitest";
import { attachment, fileNamed } from "@/test/attachments";
import { server } from "@/test/server";
import { problemResponse } from "@/test/typed";
import { AttachmentCalls } from "./attachments";
import { ApiClient } from "./client";

const BASE = "/api/patient-messages";

function calls() {
  const client = new ApiClient({ authPath: "/api/auth", onSessionEnd: vi.fn(), retryDelays: [] });
  client.setAccessToken("old");
  return new AttachmentCalls(client, BASE);
}

const options = () => ({ signal: new AbortController().signal, key: "k", userAction: true, onProgress: vi.fn() });

describe("an upload", () => {
  it("goes out with the session's token and as a person's act", async () => {
    let headers = new Headers();
    server.use(
      http.post(`${BASE}/attachments`, ({ request }) => {
        headers = request.headers;
        return HttpResponse.json({ ...attachment("f1", { state: "scanning" }) }, { status: 201 });
      }),
    );
    await expect(calls().upload(fileNamed("a.jpg"), options())).resolves.toMatchObject({ id: "f1", state: "scanning" });
    expect(headers.get("authorization")).toBe("Bearer old");
    expect(headers.get("x-threadwell-activity")).toBe("user");
    expect(headers.get("idempotency-key")).toBe("k");
    expect(headers.get("content-type")).toMatch(/^multipart\/form-data; boundary=/);
  });

  it("is begun anew with a fresh token when the old one ran out", async () => {
    const tokens: (string | null)[] = [];
    server.use(
      http.post(`${BASE}/attachments`, ({ request }) => {
        tokens.push(request.headers.get("authorization"));
        return tokens.length === 1 ? problemResponse(401, "invalid_token") : HttpResponse.json({ ...attachment("f1") }, { status: 201 });
      }),
      http.post("/api/auth/refresh", () => HttpResponse.json({ accessToken: "new", expiresIn: 900 })),
    );
    await calls().upload(fileNamed("a.jpg"), options());
    expect(tokens).toEqual(["Bearer old", "Bearer new"]);
  });

  it("fails with the server's own code, or with `network` when no answer came", async () => {
    server.use(http.post(`${BASE}/attachments`, () => problemResponse(429, "quota_exceeded", {}, { "retry-after": "60" })));
    await expect(calls().upload(fileNamed("a.jpg"), options())).rejects.toMatchObject({ code: "quota_exceeded", status: 429, retryAfter: 60 });
    server.use(http.post(`${BASE}/attachments`, () => HttpResponse.error()));
    await expect(calls().upload(fileNamed("a.jpg"), options())).rejects.toMatchObject({ code: "network", status: 0 });
  });

  it("that stands still counts as cut off", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    server.use(http.post(`${BASE}/attachments`, () => new Promise<Response>(() => undefined)));
    const upload = expect(calls().upload(fileNamed("a.jpg"), options())).rejects.toMatchObject({ code: "network" });
    await vi.advanceTimersByTimeAsync(150_000);
    await upload;
    vi.useRealTimers();
  });

  it("stops when it is cancelled", async () => {
    server.use(http.post(`${BASE}/attachments`, () => new Promise<Response>(() => undefined)));
    const controller = new AbortController();
    const upload = calls().upload(fileNamed("a.jpg"), { signal: controller.signal, key: "k", userAction: true, onProgress: vi.fn() });
    controller.abort();
    await expect(upload).rejects.toMatchObject({ name: "AbortError" });
  });
});

it("fetches bytes with the token and leaves nothing in the browser's cache", async () => {
  let headers = new Headers();
  server.use(
    http.get(`${BASE}/attachments/:id/thumbnail`, ({ request }) => {
      headers = request.headers;
      return HttpResponse.arrayBuffer(new Uint8Array([1, 2, 3]).buffer, { headers: { "content-type": "image/jpeg" } });
    }),
    http.get(`${BASE}/attachments/:id`, () => problemResponse(404, "not_found")),
  );
  expect((await calls().bytes("f1", "thumbnail")).size).toBe(3);
  expect(headers.get("authorization")).toBe("Bearer old");
  // A thumbnail comes by itself with a message, and is no sign that somebody is there.
  expect(headers.get("x-threadwell-activity")).toBeNull();
  await expect(calls().bytes("f1", "full")).rejects.toMatchObject({ code: "not_found" });
});
