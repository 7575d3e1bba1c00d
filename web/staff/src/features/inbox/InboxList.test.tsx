import { screen, waitFor, within } from "@testing-library/react";
import { http } from "msw";
import { beforeAll, expect, it } from "vitest";
import type { StaffThreadList } from "@/api/types";
import { server } from "@/test/server";
import { mockGet, problemResponse } from "@/test/typed";
import { queryClient } from "../../app/session";
import { me, thread, THREAD } from "../../test/fixtures";
import { renderApp } from "../../test/renderApp";

const LIST = "/api/patient-messages/threads";
const listOf = (...threads: StaffThreadList["threads"]): StaffThreadList => ({
  threads, pagination: { limit: 50, nextCursor: null, hasMore: false },
});

beforeAll(() => {
  // The virtualizer shows what fits; without a layout engine nothing would.
  for (const name of ["clientWidth", "clientHeight"]) Object.defineProperty(HTMLElement.prototype, name, { configurable: true, value: 900 });
});

/** Every query that the list asked for. */
function recordQueries(answer: StaffThreadList = listOf(thread())): URLSearchParams[] {
  const asked: URLSearchParams[] = [];
  server.use(
    mockGet<StaffThreadList>(LIST, (request) => {
      asked.push(new URL(request.url).searchParams);
      return answer;
    }),
  );
  return asked;
}

it("shows who, about what, where it stands and whether it is unread", async () => {
  await renderApp({ path: "/inbox/open" });
  const row = await screen.findByRole("row", { name: /Ana Silva, Eyelid swelling/ });
  for (const text of ["Ana Silva", "Eyelid swelling", "My left eyelid is puffy", "In progress", "Medical", "High", "Nobody"])
    expect(within(row).getByText(text)).toBeInTheDocument();
  expect(within(row).getByLabelText("Unread")).toBeInTheDocument();
});

it("leaves a normal priority out of the row", async () => {
  const { user } = await renderApp({ path: "/inbox/open" });
  recordQueries(listOf(thread({ id: "t2", subject: "Other", priority: "normal", unreadCount: 0 })));
  await user.click(await screen.findByRole("radio", { name: "Read" }));
  const row = await screen.findByRole("row", { name: /Ana Silva, Other/ });
  expect(within(row).queryByText("Normal")).not.toBeInTheDocument();
  expect(within(row).queryByLabelText("Unread")).not.toBeInTheDocument();
});

it("opens a conversation and keeps the filters in the address", async () => {
  const { user, router } = await renderApp({ path: "/inbox/open?category=medical" });
  await user.click(await screen.findByRole("row", { name: /Ana Silva/ }));
  await waitFor(() => expect(router.state.location.pathname).toBe(`/inbox/open/${THREAD}`));
  expect(router.state.location.href).toContain("category=medical");
});

it("takes a filter off by its chip", async () => {
  const { user, router } = await renderApp({ path: "/inbox/open?category=medical" });
  await user.click(await screen.findByRole("button", { name: "Remove filter Medical" }));
  await waitFor(() => expect(router.state.location.search).not.toHaveProperty("category"));
});

it("asks for unread conversations alone on the unread tab", async () => {
  const { user } = await renderApp({ path: "/inbox/mine" });
  const asked = recordQueries();
  await user.click(await screen.findByRole("radio", { name: "Unread" }));
  await waitFor(() => expect(asked.at(-1)?.get("unreadOnly")).toBe("true"));
  expect(asked.at(-1)?.get("assignedTo")).toBe("me");
});

it("is led from the number of all conversations to all of them, whatever their status", async () => {
  const { user, router } = await renderApp({ path: "/inbox/mine" });
  const asked = recordQueries();
  await user.click(await screen.findByRole("link", { name: "Conversations" }));
  await waitFor(() => expect(router.state.location.pathname).toBe("/inbox/all"));
  expect(await screen.findByRole("heading", { name: "All" })).toBeInTheDocument();
  await waitFor(() => expect(asked.at(-1)?.toString()).toBe("limit=50"));
  await user.keyboard("gm");
  await waitFor(() => expect(router.state.location.pathname).toBe("/inbox/mine"));
  await user.keyboard("ga");
  await waitFor(() => expect(router.state.location.pathname).toBe("/inbox/all"));
});

it("says why a filtered list is empty", async () => {
  const { user } = await renderApp({ path: "/inbox/mine" });
  recordQueries(listOf());
  await user.click(await screen.findByRole("radio", { name: "Read" }));
  expect(await screen.findByText("No conversation matches")).toBeInTheDocument();
});

it("names the request when the list does not load, and tries again", async () => {
  const { user } = await renderApp({ path: "/inbox/closed" });
  server.use(http.get(LIST, () => problemResponse(500, "unexpected")));
  await user.click(await screen.findByRole("radio", { name: "Unread" }));
  expect(await screen.findByText("The list did not load")).toBeInTheDocument();
  expect(screen.getByText(/8f2c-41d0/)).toBeInTheDocument();
  recordQueries();
  await user.click(screen.getByRole("button", { name: "Try again" }));
  expect(await screen.findByRole("row", { name: /Ana Silva/ })).toBeInTheDocument();
});

it("shows a role without conversations that it has none", async () => {
  await renderApp({ path: "/inbox/open", me: me({ mayDo: [] }) });
  expect(await screen.findByText("Your role has no inbox")).toBeInTheDocument();
});

it("goes on from where a conversation stood that has left the list", async () => {
  const four = ["t1", "t2", "t3", "t4"].map((id, at) => thread({ id, subject: `Question ${id}`, lastMessageAt: `2026-03-12T09:4${9 - at}:00.000Z` }));
  let listed = four;
  const { user, router } = await renderApp({ path: "/inbox/open/t2", handlers: [mockGet<StaffThreadList>(LIST, () => listOf(...listed))] });
  await screen.findByRole("row", { name: /Question t4/ });
  listed = four.filter(({ id }) => id !== "t2");
  await queryClient.invalidateQueries({ queryKey: ["threads"] });
  await waitFor(() => expect(screen.queryByRole("row", { name: /Question t2/ })).not.toBeInTheDocument());
  await user.keyboard("j");
  await waitFor(() => expect(router.state.location.pathname).toBe("/inbox/open/t3"));
  await user.keyboard("k");
  await waitFor(() => expect(router.state.location.pathname).toBe("/inbox/open/t1"));
});
