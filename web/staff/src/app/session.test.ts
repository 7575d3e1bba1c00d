import { http, HttpResponse } from "msw";
import { beforeEach, describe, expect, it } from "vitest";
import type { StaffMe } from "@/api/types";
import { server } from "@/test/server";
import { noContent, problemResponse } from "@/test/typed";
import { draftOf, noteAttempt, setDraftText } from "../features/composer/drafts";
import { me, THREAD } from "../test/fixtures";
import { renderHook, waitFor } from "@testing-library/react";
import { api, followMe, keepAlive, lock, queryClient, setSessionForTest, signIn, signOut, startSession, useSession } from "./session";

const secret = "a word about Ana";
let kept: unknown[] = [];

beforeEach(() => {
  kept = [];
  server.use(
    http.put("/api/patient-messages/threads/:id/draft", async ({ request }) => {
      kept.push(await request.json());
      return noContent();
    }),
  );
  api.setAccessToken("token");
  setSessionForTest({ kind: "signed-in", me: me() });
  queryClient.setQueryData(["threads", "detail", THREAD], secret);
  setDraftText(THREAD, "reply", secret);
});

function forgot() {
  expect(queryClient.getQueryCache().getAll()).toEqual([]);
  expect(api.signedIn).toBe(false);
}

describe("leaving", () => {
  it("empties cache and drafts, keeps the words with the server, and tells it, when a person signs out", async () => {
    let bearer: string | null = null;
    server.use(
      http.post("/api/auth/logout", ({ request }) => {
        bearer = request.headers.get("authorization");
        return noContent();
      }),
    );
    await signOut();
    forgot();
    expect(draftOf(THREAD, "reply").text).toBe("");
    expect(bearer).toBe("Bearer token");
    await waitFor(() => expect(kept).toEqual([{ kind: "reply", text: secret }]));
    expect(window.location.pathname).toBe("/");
  });

  async function signInAs(id: string) {
    const who = me();
    const user = { ...who.user, id };
    server.use(
      http.post("/api/auth/login", () => HttpResponse.json({ accessToken: "t", expiresIn: 900, user, tenant: who.tenant })),
      http.get("/api/auth/me", () => HttpResponse.json({ ...who, user })),
      http.post("/api/auth/logout", () => noContent()),
    );
    await signIn("riverside", { email: "a@riverside.example", password: "threadwell-demo-2026" });
  }

  it("keeps one's own unsent words when the session runs out, and from anybody else", async () => {
    await signInAs("u1");
    setDraftText(THREAD, "reply", secret);
    noteAttempt(THREAD, "note", { attempt: null, error: new Error("late answer") });
    await lock();
    forgot();
    expect(draftOf(THREAD, "note").error).toBeNull();
    await signInAs("u1");
    expect(draftOf(THREAD, "reply").text).toBe(secret);
    await lock();
    await signInAs("u2");
    expect(draftOf(THREAD, "reply").text).toBe("");
  });

  it("forgets all that was read when the server ends the session", async () => {
    server.use(
      http.get("/api/staff", () => problemResponse(401, "session_expired")),
      http.post("/api/auth/refresh", () => problemResponse(401, "session_expired")),
    );
    await expect(api.get("/api/staff")).rejects.toMatchObject({ code: "session_expired" });
    forgot();
  });
});

const session = () => renderHook(useSession).result.current;

it("leads to the sign-in, with the reason, when a second factor is demanded of any request", async () => {
  server.use(http.get("/api/staff", () => problemResponse(401, "mfa_required")));
  await expect(api.get("/api/staff")).rejects.toMatchObject({ code: "mfa_required" });
  forgot();
  expect(session()).toEqual({ kind: "signed-out", reason: "second-factor", start: { practice: "riverside", email: "nurse@riverside.example" } });
});

it("says the same when the session that the browser still holds has none", async () => {
  server.use(
    http.post("/api/auth/refresh", () => HttpResponse.json({ accessToken: "t", expiresIn: 600 })),
    http.get("/api/auth/me", () => problemResponse(401, "mfa_required")),
  );
  await startSession();
  expect(session()).toMatchObject({ kind: "signed-out", reason: "second-factor" });
});

it("locks what it finds idle when the server says first that nobody was there", async () => {
  server.use(
    http.get("/api/staff", () => problemResponse(401, "invalid_token")),
    http.post("/api/auth/refresh", () => problemResponse(401, "session_expired")),
  );
  setSessionForTest({ kind: "signed-in", me: me({ session: { idleMinutes: 0, expiresAt: "2099-01-01T00:00:00.000Z" } }) });
  await expect(api.get("/api/staff")).rejects.toMatchObject({ code: "session_expired" });
  forgot();
  expect(session()).toMatchObject({ kind: "locked", person: { user: { fullName: "Priya Raman-Whitfield" } } });
});

it("learns that the practice made the rest shorter", async () => {
  const shorter = { idleMinutes: 5, expiresAt: "2099-01-01T00:00:00.000Z" };
  server.use(http.get("/api/auth/me", () => HttpResponse.json(me({ session: shorter }))));
  await keepAlive();
  expect(session()).toMatchObject({ kind: "signed-in", me: { session: shorter } });
});

it("signs in at a practice and keeps token and password out of every storage", async () => {
  let practice: string | null = null;
  server.use(
    http.post("/api/auth/login", ({ request }) => {
      practice = request.headers.get("x-tenant-id");
      return HttpResponse.json({ accessToken: "fresh-token", expiresIn: 900, user: me().user, tenant: me().tenant });
    }),
    http.get("/api/auth/me", () => HttpResponse.json(me())),
  );
  await signIn("riverside", { email: "nurse@riverside.example", password: "threadwell-demo-2026" });
  expect(practice).toBe("riverside");
  expect(JSON.stringify({ ...localStorage, ...sessionStorage }) + document.cookie).not.toMatch(/fresh-token|threadwell-demo|nurse@/);
});

describe("what one may do and see, asked anew", () => {
  const answers = (now: StaffMe) => server.use(http.get("/api/auth/me", () => HttpResponse.json({ ...now })));

  it("forgets what was read where one sees something else now", async () => {
    const { result } = renderHook(useSession);
    answers(me({ categories: ["billing"] }));
    await followMe();
    expect(queryClient.getQueryData(["threads", "detail", THREAD])).toBeUndefined();
    await waitFor(() => expect(result.current).toMatchObject({ kind: "signed-in", me: { categories: ["billing"] } }));
  });

  it("takes over all else without a word", async () => {
    const { result } = renderHook(useSession);
    answers(me({ tenant: { ...me().tenant, name: "Lakeside" } }));
    await followMe();
    expect(queryClient.getQueryData(["threads", "detail", THREAD])).toBe(secret);
    await waitFor(() => expect(result.current).toMatchObject({ me: { tenant: { name: "Lakeside" } } }));
  });
});
