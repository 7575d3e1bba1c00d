import { http, HttpResponse } from "msw";
import { beforeEach, describe, expect, it } from "vitest";
import { server } from "@/test/server";
import { noContent, problemResponse } from "@/test/typed";
import { draftOf, noteAttempt, setDraftText } from "../features/composer/drafts";
import { me, THREAD } from "../test/fixtures";
import { api, queryClient, setSessionForTest, signIn, signOut } from "./session";

const secret = "a word about Ana";

beforeEach(() => {
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
  it("empties cache and drafts, and tells the server, when a person signs out", async () => {
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
    await signOut("idle");
    forgot();
    expect(draftOf(THREAD, "note").error).toBeNull();
    await signInAs("u1");
    expect(draftOf(THREAD, "reply").text).toBe(secret);
    await signOut("idle");
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
