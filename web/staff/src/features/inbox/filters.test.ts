import { expect, it } from "vitest";
import { viewFacts } from "../../data/views";
import { listFilter, openFilters, parseInboxSearch } from "./filters";

it("reads enumerations and ids from an address and drops everything else", () => {
  const parsed = parseInboxSearch({ category: "medical", status: "bogus", assignee: "Ana Silva", search: "Ana", read: "unread" });
  expect(JSON.parse(JSON.stringify(parsed))).toEqual({ category: "medical", read: "unread" });
  expect(parseInboxSearch({ assignee: "me" }).assignee).toBe("me");
});

it("lets a view's own terms win", () => {
  expect(listFilter(viewFacts.urgent.filter, { priority: "low" })).toMatchObject({ priority: "urgent", openOnly: true });
  expect(listFilter(viewFacts.open.filter, {})).toMatchObject({ openOnly: true });
});

it("shows closed conversations of the open view when their status is asked for", () => {
  expect(listFilter(viewFacts.open.filter, { status: "closed" }).openOnly).toBeUndefined();
});

it("offers no filter that the view fixes itself", () => {
  expect(openFilters(viewFacts.mine.filter)).toEqual(["category", "status", "priority"]);
  expect(openFilters(viewFacts.patient.filter)).toEqual(["category", "priority", "assignee"]);
});
