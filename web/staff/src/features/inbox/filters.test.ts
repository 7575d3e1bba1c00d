import { expect, it } from "vitest";
import { viewFacts } from "../../data/views";
import { listFilter, openFilters, parseInboxSearch, teamChoice } from "./filters";

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

const TEAM = "00000000-0000-7000-8000-0000000000e1";

it("asks for a team or for a person, and for a team only by its id or one's own", () => {
  const filtered = (assignee: string) => listFilter(viewFacts.all.filter, parseInboxSearch({ assignee }));
  expect(filtered(teamChoice(TEAM))).toEqual({ assignedTeam: TEAM });
  expect(filtered(teamChoice("mine"))).toEqual({ assignedTeam: "mine" });
  expect(filtered("me")).toEqual({ assignedTo: "me" });
  expect(filtered("team-Triage")).toEqual({});
  expect(listFilter(viewFacts.mine.filter, { assignee: teamChoice(TEAM) })).toEqual({ openOnly: true, assignedTo: "me" });
});

it("lists every status where everything is asked for, and a filter narrows it", () => {
  expect(listFilter(viewFacts.all.filter, {})).toEqual({});
  expect(listFilter(viewFacts.all.filter, { status: "closed" })).toEqual({ status: "closed" });
  expect(openFilters(viewFacts.all.filter)).toEqual(["category", "status", "priority", "assignee"]);
});

it("offers no filter that the view fixes itself", () => {
  expect(openFilters(viewFacts.mine.filter)).toEqual(["category", "status", "priority"]);
  expect(openFilters(viewFacts.patient.filter)).toEqual(["category", "priority", "assignee"]);
});
