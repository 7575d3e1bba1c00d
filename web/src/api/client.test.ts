import { http, HttpResponse } from "msw";
import { describe, expect, it, vi } from "vitest";
import { server } from "@/test/server";
import { noContent, problemResponse } from "@/test/typed";
import { ApiClient } from "./client";
import { isProblem } from "./problem";

function client(onSessionEnd = vi.fn()) {
  const api = new ApiClient({ authPath: "/api/auth", onSessionEnd, retryDelays: [0, 0] });
  api.setAccessToken("old");
  return { api, onSessionEnd };
}

const answersNewTokenOnly = http.get("/api/things", ({ request }) =>
  request.headers.get("authorization") === "Bearer new"
    ? HttpResponse.json({ ok: true })
    : problemResponse(401, "invalid_token"),
);

describe("an access token that ran out", () => {
  it("is refreshed once for any number of calls at the same time", async () => {
    let refreshes = 0;
    server.use(
      answersNewTokenOnly,
      http.post("/api/auth/refresh", () => {
        refreshes += 1;
        return HttpResponse.json({ accessToken: "new", expiresIn: 900 });
      }),
    );
    const { api, onSessionEnd } = client();
    const answers = await Promise.all([1, 2, 3, 4].map(() => api.get("/api/things")));
    expect(answers).toEqual(Array(4).fill({ ok: true }));
    expect(refreshes).toBe(1);
    expect(onSessionEnd).not.toHaveBeenCalled();
  });

  it("ends the session when the refresh is refused", async () => {
    server.use(answersNewTokenOnly, http.post("/api/auth/refresh", () => problemResponse(401, "session_expired")));
    const { api, onSessionEnd } = client();
    await expect(api.get("/api/things")).rejects.toMatchObject({ code: "session_expired" });
    expect(onSessionEnd).toHaveBeenCalledExactlyOnceWith("session_expired");
    expect(api.signedIn).toBe(false);
  });

  it("keeps the session when the refresh never reached the server", async () => {
    server.use(answersNewTokenOnly, http.post("/api/auth/refresh", () => HttpResponse.error()));
    const { api, onSessionEnd } = client();
    await expect(api.get("/api/things")).rejects.toMatchObject({ code: "network" });
    expect(onSessionEnd).not.toHaveBeenCalled();
    expect(api.signedIn).toBe(true);
  });

  it("is not refreshed twice for the same call", async () => {
    let refreshes = 0;
    server.use(
      http.get("/api/things", () => problemResponse(401, "invalid_token")),
      http.post("/api/auth/refresh", () => {
        refreshes += 1;
        return HttpResponse.json({ accessToken: "new", expiresIn: 900 });
      }),
    );
    await expect(client().api.get("/api/things")).rejects.toMatchObject({ code: "invalid_token" });
    expect(refreshes).toBe(1);
  });
});

describe("a send", () => {
  it("is repeated with the same key after a lost connection", async () => {
    const keys: (string | null)[] = [];
    server.use(
      http.post("/api/things", ({ request }) => {
        keys.push(request.headers.get("idempotency-key"));
        return keys.length === 1 ? HttpResponse.error() : HttpResponse.json({ messageId: "m" }, { status: 201 });
      }),
    );
    await client().api.post("/api/things", { body: {}, idempotencyKey: "k1" });
    expect(keys).toEqual(["k1", "k1"]);
  });

  it("is repeated without a key where twice comes to the same as once", async () => {
    let calls = 0;
    server.use(http.post("/api/things", () => ((calls += 1) < 3 ? HttpResponse.error() : noContent())));
    await client().api.post("/api/things", { body: {}, isIdempotent: true });
    expect(calls).toBe(3);
  });

  it("is not repeated without a key", async () => {
    let calls = 0;
    server.use(http.post("/api/things", () => ((calls += 1), HttpResponse.error())));
    await expect(client().api.post("/api/things", { body: {} })).rejects.toMatchObject({ code: "network" });
    expect(calls).toBe(1);
  });
});

it("marks only what a person caused as activity, and carries versions as If-Match", async () => {
  const seen: Record<string, string | null>[] = [];
  server.use(
    http.put("/api/things", ({ request }) => {
      const { headers } = request;
      seen.push({ activity: headers.get("x-threadwell-activity"), match: headers.get("if-match") });
      return noContent();
    }),
  );
  const { api } = client();
  await api.put("/api/things", { body: {}, userAction: true, ifMatch: 7 });
  await api.put("/api/things", { body: {} });
  expect(seen).toEqual([
    { activity: "user", match: '"7"' },
    { activity: null, match: null },
  ]);
});

it("reads codes, fields and waits from a problem, and keeps details out of the message", async () => {
  server.use(
    http.get("/api/things", () =>
      problemResponse(429, "rate_limited", { detail: "ana", errors: [{ pointer: "/email", code: "x" }] }, { "retry-after": "30" }),
    ),
  );
  const error = await client().api.get("/api/things").catch((caught: unknown) => caught);
  expect(isProblem(error, "rate_limited")).toBe(true);
  expect(error).toMatchObject({ retryAfter: 30, requestId: "8f2c-41d0", message: "rate_limited" });
  expect(isProblem(error) && error.fieldCode("/email")).toBe("x");
});

describe("an answer that the token has no part in", () => {
  it.each(["invalid_code", "invalid_credentials"])("is given as it is, once: %s", async (code) => {
    let calls = 0;
    server.use(
      http.post("/api/things", () => {
        calls += 1;
        return problemResponse(401, code);
      }),
    );
    const { api, onSessionEnd } = client();
    await expect(api.post("/api/things")).rejects.toMatchObject({ code });
    expect(calls).toBe(1);
    expect(onSessionEnd).not.toHaveBeenCalled();
  });

  it("ends the session once where a second factor is demanded", async () => {
    server.use(http.get("/api/things", () => problemResponse(401, "mfa_required")));
    const { api, onSessionEnd } = client();
    await Promise.allSettled([api.get("/api/things"), api.get("/api/things")]);
    expect(onSessionEnd).toHaveBeenCalledExactlyOnceWith("mfa_required");
  });
});

describe("an act that wants a step-up", () => {
  function asking(answer: boolean, token = "old") {
    let isUp = false;
    const onStepUp = vi.fn(async () => (isUp = answer));
    const api = new ApiClient({ authPath: "/api/auth", onSessionEnd: vi.fn(), onStepUp });
    api.setAccessToken(token);
    server.use(
      http.post("/api/auth/refresh", () => HttpResponse.json({ accessToken: "old", expiresIn: 900 })),
      http.delete("/api/things", ({ request }) => {
        if (request.headers.get("authorization") !== "Bearer old") return problemResponse(401, "invalid_token");
        return isUp ? noContent() : problemResponse(401, "step_up_required");
      }),
    );
    return { api, onStepUp };
  }

  it.each(["old", "ran-out"])("is repeated after it, with a token that is %s", async (token) => {
    const { api, onStepUp } = asking(true, token);
    await expect(api.delete("/api/things")).resolves.toBeUndefined();
    expect(onStepUp).toHaveBeenCalledOnce();
  });

  it("is refused where the person would not", async () => {
    await expect(asking(false).api.delete("/api/things")).rejects.toMatchObject({ code: "step_up_required" });
  });
});
