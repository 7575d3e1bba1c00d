import { fireEvent, screen, waitFor } from "@testing-library/react";
import { beforeAll, beforeEach, expect, it } from "vitest";
import type { StaffThread, StaffThreadList } from "@/api/types";
import { server } from "@/test/server";
import { mockGet } from "@/test/typed";
import { clearSelection, selectedIds } from "../../data/selection";
import { thread } from "../../test/fixtures";
import { liveLine } from "../../test/liveLine";
import { renderApp } from "../../test/renderApp";

const LIST = "/api/patient-messages/threads";
const PAGE = 50;
const TOTAL = 1_000;

beforeAll(() => {
  // Without a layout engine the list would be as high as nothing.
  for (const name of ["clientWidth", "clientHeight"]) Object.defineProperty(HTMLElement.prototype, name, { configurable: true, value: 900 });
});
beforeEach(clearSelection);

const row = (at: number, change: Partial<StaffThread> = {}) =>
  thread({ id: `t${at}`, subject: `Question ${at}`, lastMessageAt: new Date(Date.parse("2026-03-12T09:00:00.000Z") - at * 60_000).toISOString(), ...change });

/** A list of a thousand; the cursors that were asked for. */
function mockList(): (string | null)[] {
  const asked: (string | null)[] = [];
  server.use(
    mockGet<StaffThreadList>(LIST, (request) => {
      const cursor = new URL(request.url).searchParams.get("cursor");
      asked.push(cursor);
      const from = Number(cursor ?? 0);
      const hasMore = from + PAGE < TOTAL;
      return {
        threads: Array.from({ length: PAGE }, (_, at) => row(from + at)),
        pagination: { limit: PAGE, nextCursor: hasMore ? String(from + PAGE) : null, hasMore },
      };
    }),
  );
  return asked;
}

async function open() {
  const rendered = await renderApp({ path: "/inbox/closed" });
  const asked = mockList();
  await rendered.user.click(await screen.findByRole("radio", { name: "Unread" }));
  await screen.findByRole("row", { name: /Question 3$/ });
  return { ...rendered, asked, grid: screen.getByRole("grid") };
}

const rowsOf = (grid: HTMLElement) => [...grid.querySelectorAll<HTMLElement>("[data-key]")];

async function scrollTo(grid: HTMLElement, top: number) {
  grid.scrollTop = top;
  fireEvent.scroll(grid);
  await waitFor(() => expect(rowsOf(grid).some(({ style }) => Number.parseFloat(style.top) >= top)).toBe(true));
}

it("draws a screenful, loads on and on, and keeps six pages", async () => {
  const { grid, asked } = await open();
  expect(grid).toHaveAttribute("aria-rowcount", "-1");
  for (let page = 1; page <= 12; page += 1) await scrollTo(grid, page * PAGE * 102);
  expect(asked.length).toBeGreaterThanOrEqual(12);
  expect(rowsOf(grid).length).toBeLessThan(30);
  const first = rowsOf(grid).find(({ tabIndex }) => tabIndex === -1);
  expect(Number(first?.getAttribute("aria-rowindex"))).toBeGreaterThan(500);
});

it("says deep down that something new has come, and leads there", async () => {
  const { grid, user } = await open();
  for (let page = 1; page <= 7; page += 1) await scrollTo(grid, page * PAGE * 102);
  expect(screen.queryByRole("button", { name: "To the newest" })).toBeNull();
  server.use(
    mockGet<StaffThreadList>(LIST, () => ({
      threads: [row(-1, { id: "new" }), row(0)], pagination: { limit: PAGE, nextCursor: null, hasMore: false },
    })),
  );
  liveLine.say("thread", { threadId: "new", kind: "started" });
  await user.click(await screen.findByRole("button", { name: "To the newest" }));
  await waitFor(() => expect(rowsOf(grid)[0]).toHaveAttribute("data-key", "new"));
});

it("comes back up to the first row at once", async () => {
  const { grid, asked } = await open();
  for (let page = 1; page <= 12; page += 1) await scrollTo(grid, page * PAGE * 102);
  const before = asked.length;
  grid.scrollTop = 0;
  fireEvent.scroll(grid);
  await waitFor(() => expect(grid.querySelector("[aria-rowindex='1']")).not.toBeNull());
  expect(asked.length - before).toBeLessThan(6);
});

it("moves by arrows and ends, opens with Enter and ticks with Space, Shift and X", async () => {
  const { grid, user, router } = await open();
  rowsOf(grid)[0]?.focus();
  await user.keyboard("{ArrowDown}{ArrowDown}");
  expect(document.activeElement).toHaveAttribute("data-key", "t2");
  await user.keyboard(" ");
  expect(selectedIds()).toEqual(["t2"]);
  await user.keyboard("{Shift>}J{/Shift}");
  expect(document.activeElement).toHaveAttribute("data-key", "t3");
  expect(selectedIds()).toEqual(["t2", "t3"]);
  await user.keyboard("x");
  expect(selectedIds()).toEqual(["t2"]);
  await user.keyboard("{Home}");
  expect(document.activeElement).toHaveAttribute("data-key", "t0");
  await user.keyboard("{Enter}");
  await waitFor(() => expect(router.state.location.pathname).toBe("/inbox/closed/t0"));
});

it("ticks by pointer without opening, from one row to another with Shift", async () => {
  const { user, router } = await open();
  await user.keyboard("{Control>}");
  await user.click(screen.getByRole("row", { name: /Question 1$/ }));
  await user.keyboard("{/Control}{Shift>}");
  await user.click(screen.getByRole("row", { name: /Question 4$/ }));
  await user.keyboard("{/Shift}");
  expect(selectedIds()).toEqual(["t1", "t2", "t3", "t4"]);
  expect(screen.getByRole("row", { name: /Question 2$/ })).toHaveAttribute("aria-selected", "true");
  expect(router.state.location.pathname).toBe("/inbox/closed");
});

it("keeps rows where they are under a pointer, and shows what is new on asking", async () => {
  const { user, grid } = await open();
  await user.hover(screen.getByRole("row", { name: /Question 3$/ }));
  fireEvent.pointerMove(screen.getByRole("row", { name: /Question 3$/ }), { pointerType: "mouse" });
  server.use(
    mockGet<StaffThreadList>(LIST, { threads: [row(-1, { id: "new" }), row(0), row(1), row(3)], pagination: { limit: PAGE, nextCursor: null, hasMore: false } }),
  );
  liveLine.say("thread", { threadId: "new", kind: "started" });
  const button = await screen.findByRole("button", { name: "1 new" });
  expect(rowsOf(grid)[0]).toHaveAttribute("data-key", "t0");
  expect(screen.getByRole("row", { name: /Question 2$/ })).toBeInTheDocument();
  await user.click(button);
  await waitFor(() => expect(rowsOf(grid).map(({ dataset }) => dataset.key)).toEqual(["new", "t0", "t1", "t3"]));
});
