import { act, render, screen } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { server } from "@/test/server";
import { noContent } from "@/test/typed";
import { startI18n } from "@/i18n";
import { touch } from "../../app/activity";
import { api, setSessionForTest, useSession } from "../../app/session";
import en from "../../words/first.en.json";
import { me } from "../../test/fixtures";
import { IdleWarning } from "./IdleWarning";

function Door() {
  const session = useSession();
  return session.kind === "signed-in" ? <IdleWarning /> : <p>{session.kind}</p>;
}

beforeEach(async () => {
  await startI18n({ en, es: () => import("../../words/es") });
  vi.useFakeTimers();
  server.use(http.post("/api/auth/logout", () => noContent()), http.get("/api/auth/me", () => HttpResponse.json(me())));
  api.setAccessToken("token");
  touch();
  setSessionForTest({ kind: "signed-in", me: me() });
  render(<Door />);
});
afterEach(() => vi.useRealTimers());

const pass = (minutes: number) => act(() => vi.advanceTimersByTime(minutes * 60_000));

it("asks two minutes before idling out, says what is left aloud, then locks", async () => {
  pass(12.9);
  // By now the question is here, whatever becomes of the network.
  await vi.dynamicImportSettled();
  expect(screen.queryByRole("alertdialog")).not.toBeInTheDocument();
  pass(0.2);
  expect(screen.getByRole("alertdialog")).toHaveTextContent(/locks in 1:5\d/);
  // Said now and then, not each second.
  expect(screen.getByRole("status")).toHaveTextContent("This page locks in 2 minutes.");
  pass(2);
  expect(screen.getByText("locked")).toBeInTheDocument();
  expect(api.signedIn).toBe(false);
});

it("stays away as long as somebody is at work", () => {
  pass(10);
  act(touch);
  pass(10);
  expect(screen.queryByRole("alertdialog")).not.toBeInTheDocument();
});
