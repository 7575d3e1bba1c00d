import { screen, waitFor, within } from "@testing-library/react";
import { afterEach, beforeAll, expect, it } from "vitest";
import type { NewView, SavedView, StaffMe, StaffThreadList, TeamList, ViewList } from "@/api/types";
import { server } from "@/test/server";
import { mockGet, mockPost, mockPut } from "@/test/typed";
import { closeDialog } from "../../app/dialogs";
import { queryClient } from "../../app/session";
import { me, thread } from "../../test/fixtures";
import { liveLine } from "../../test/liveLine";
import { renderApp } from "../../test/renderApp";

const ID = "00000000-0000-7000-8000-0000000000c1";
const biopsies: SavedView = { id: ID, name: "Biopsy results", isShared: false, isOwn: true, ownerName: "Priya", integrity: "ok", filter: { categories: ["medical", "billing"], unreadOnly: true } };

beforeAll(() => {
  for (const name of ["clientWidth", "clientHeight"]) Object.defineProperty(HTMLElement.prototype, name, { configurable: true, value: 900 });
});

afterEach(closeDialog);

const listOf = (...views: SavedView[]) => server.use(mockGet<ViewList>("/api/views", { views }));

it("lists what the view says under an address that holds its id alone", async () => {
  const { user, router } = await renderApp({ path: "/inbox/mine" });
  listOf(biopsies);
  const asked: URLSearchParams[] = [];
  server.use(
    mockGet<StaffThreadList>("/api/patient-messages/threads", (request) => {
      asked.push(new URL(request.url).searchParams);
      return { threads: [thread()], pagination: { limit: 50, nextCursor: null, hasMore: false } };
    }),
  );
  await queryClient.invalidateQueries({ queryKey: ["views"] });
  await user.click(await screen.findByRole("link", { name: "Biopsy results" }));
  expect(await screen.findByRole("heading", { name: "Biopsy results" })).toBeInTheDocument();
  await waitFor(() => expect(asked.at(-1)?.get("category")).toBe("medical,billing"));
  expect(asked.at(-1)?.get("unreadOnly")).toBe("true");
  expect(router.state.location.pathname).toBe(`/inbox/saved-${ID}`);
  expect(document.title).not.toContain("Biopsy");
});

it("appears by itself when a colleague shares it", async () => {
  let views: SavedView[] = [];
  await renderApp({ path: "/inbox/mine", handlers: [mockGet<ViewList>("/api/views", () => ({ views })), mockGet<StaffMe & object>("/api/auth/me", me())] });
  await waitFor(() => expect(queryClient.getQueryData(["views"])).toEqual([]));
  views = [biopsies];
  liveLine.say("practice", {});
  expect(await screen.findByRole("link", { name: biopsies.name })).toBeInTheDocument();
});

it("is changed from its own row of the rail", async () => {
  const { user } = await renderApp({ path: "/inbox/mine", handlers: [mockGet<ViewList>("/api/views", { views: [biopsies] })] });
  await user.click(await screen.findByRole("button", { name: "Actions on Biopsy results" }));
  await user.click(await screen.findByRole("menuitem", { name: "Rename" }));
  expect(await screen.findByRole("dialog", { name: "Change the view" })).toBeInTheDocument();
});

it("is managed from the phone's page of everything else", async () => {
  const { user } = await renderApp({ path: "/more", handlers: [mockGet<ViewList>("/api/views", { views: [biopsies] })] });
  const page = await screen.findByRole("main");
  await user.click(await within(page).findByRole("button", { name: "Manage saved views" }));
  expect(await screen.findByRole("dialog", { name: "Saved views" })).toBeInTheDocument();
});

it("can only be removed where it cannot be read", async () => {
  const broken: SavedView = { ...biopsies, name: "", filter: {}, integrity: "failed" };
  const { user } = await renderApp({ path: "/inbox/mine", handlers: [mockGet<ViewList>("/api/views", { views: [broken, { ...biopsies, id: `${ID.slice(0, -1)}2` }] })] });
  await user.click(await screen.findByRole("button", { name: "Manage saved views" }));
  const dialog = within(await screen.findByRole("dialog", { name: "Saved views" }));
  expect(dialog.getAllByRole("link")).toHaveLength(1);
  await user.click(dialog.getByRole("button", { name: "Actions on A view that cannot be read" }));
  expect((await screen.findAllByRole("menuitem")).map(({ textContent }) => textContent)).toEqual(["Remove"]);
});

it("saves the filters of a list as a view and shows it", async () => {
  const { user, router } = await renderApp({ path: "/inbox/mine?category=billing" });
  const saved: NewView[] = [];
  server.use(
    mockPost<{ id: string }>("/api/views", async (request) => {
      saved.push((await request.json()) as NewView);
      listOf({ ...biopsies, name: "My bills" });
      return { id: ID };
    }),
  );
  await user.click(await screen.findByRole("button", { name: "Filter" }));
  await user.click(await screen.findByRole("button", { name: "Save as a view" }));
  await user.type(await screen.findByLabelText("Name"), "My bills");
  await user.click(screen.getByRole("button", { name: "Save" }));
  await waitFor(() => expect(router.state.location.pathname).toBe(`/inbox/saved-${ID}`));
  expect(saved).toEqual([{ name: "My bills", isShared: false, filter: { categories: ["billing"], assignedTo: "me", openOnly: true } }]);
});

it("keeps a team that a list was narrowed to", async () => {
  const { user, router } = await renderApp({ path: "/inbox/open" });
  const TEAM = "00000000-0000-7000-8000-0000000000e1";
  const saved: NewView[] = [];
  const asked: (string | null)[] = [];
  server.use(
    mockGet<TeamList>("/api/teams", { teams: [{ id: TEAM, name: "Front desk", categories: ["appointment"], members: [] }] }),
    mockGet<StaffThreadList>("/api/patient-messages/threads", (request) => {
      asked.push(new URL(request.url).searchParams.get("assignedTeam"));
      return { threads: [thread()], pagination: { limit: 50, nextCursor: null, hasMore: false } };
    }),
    mockPost<{ id: string }>("/api/views", async (request) => {
      saved.push((await request.json()) as NewView);
      listOf({ ...biopsies, name: "Desk" });
      return { id: ID };
    }),
  );
  await queryClient.invalidateQueries({ queryKey: ["teams"] });
  await user.click(await screen.findByRole("button", { name: "Filter" }));
  await user.click(await screen.findByRole("button", { name: /Assigned to$/ }));
  const teams = await screen.findByRole("group", { name: "Teams" });
  expect(within(teams).getAllByRole("option").map(({ textContent }) => textContent)).toEqual(["My teams", "Front desk"]);
  expect(within(screen.getByRole("group", { name: "People" })).getByRole("option", { name: "Dr. Amara Okafor" })).toBeInTheDocument();
  await user.click(within(teams).getByRole("option", { name: "Front desk" }));
  await waitFor(() => expect(asked.at(-1)).toBe(TEAM));
  expect(router.state.location.search).toMatchObject({ assignee: `team-${TEAM}` });
  await user.click(await screen.findByRole("button", { name: "Save as a view" }));
  await user.type(await screen.findByLabelText("Name"), "Desk");
  await user.click(screen.getByRole("button", { name: "Save" }));
  await waitFor(() => expect(saved).toEqual([{ name: "Desk", isShared: false, filter: { assignedTeam: TEAM, openOnly: true } }]));
});

it("shares a view from the list of views", async () => {
  const { user } = await renderApp({ path: "/inbox/mine" });
  listOf(biopsies);
  const changes: unknown[] = [];
  server.use(
    mockPut(`/api/views/:id`, async (request) => {
      changes.push(await request.json());
      return null;
    }),
  );
  await queryClient.invalidateQueries({ queryKey: ["views"] });
  await user.click(await screen.findByRole("button", { name: "Manage saved views" }));
  const dialog = await screen.findByRole("dialog", { name: "Saved views" });
  await user.click(within(dialog).getByRole("button", { name: "Actions on Biopsy results" }));
  await user.click(await screen.findByRole("menuitem", { name: "Share with colleagues" }));
  await waitFor(() => expect(changes).toEqual([{ name: "Biopsy results", isShared: true, filter: biopsies.filter }]));
});

it("says that a view is gone, beside everything else", async () => {
  const { user, router } = await renderApp({ path: `/inbox/saved-${ID}`, handlers: [mockGet<ViewList>("/api/views", { views: [] })] });
  expect(await screen.findByRole("heading", { level: 1, name: "This view is no longer here" })).toBeInTheDocument();
  expect(screen.getAllByRole("navigation", { name: "Views" })[0]).toBeInTheDocument();
  await user.click(screen.getByRole("link", { name: "Go to All open" }));
  await waitFor(() => expect(router.state.location.pathname).toBe("/inbox/open"));
});
