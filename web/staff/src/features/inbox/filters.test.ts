import { expect, it } from "vitest";
import { listFilter, openFilters, parseInboxSearch } from "./filters";

it("reads enumerations and ids from an address and drops everything else", () => {
  const parsed = parseInboxSearch({ category: "medical", status: "bogus", assignee: "Ana Silva", search: "Ana", read: "unread" });
  expect(JSON.parse(JSON.stringify(parsed))).toEqual({ category: "medical", read: "unread" });
  expect(parseInboxSearch({ assignee: "me" }).assignee).toBe("me");
});

it("lets a view's own terms win", () => {
  expect(listFilter("urgent", { priority: "low" }, "")).toMatchObject({ priority: "urgent", openOnly: true });
  expect(listFilter("open", {}, "  ana ")).toMatchObject({ search: "ana", openOnly: true });
});

it("shows closed conversations of the open view when their status is asked for", () => {
  expect(listFilter("open", { status: "closed" }, "").openOnly).toBeUndefined();
});

it("offers no filter that the view fixes itself", () => {
  expect(openFilters("mine")).toEqual(["category", "status", "priority"]);
  expect(openFilters("patient")).toEqual(["category", "priority", "assignee"]);
});
