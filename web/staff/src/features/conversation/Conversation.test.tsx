import { screen, waitFor, within } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { expect, it, vi } from "vitest";
import type { BulkResults, StaffThreadAnswer, StaffThreadDetail, StaffThreadPage, ThreadChange } from "@/api/types";
import { server } from "@/test/server";
import { mockGet, mockPost, mockPut, noContent, problemResponse } from "@/test/typed";
import { queryClient } from "../../app/session";
import { threadKeys } from "../../data/inbox";
import { reloadThread } from "../../data/threads";
import { detail, ME, me, message, page, THREAD } from "../../test/fixtures";
import { liveLine } from "../../test/liveLine";
import { renderApp } from "../../test/renderApp";

const ONE = "/api/patient-messages/threads/:id";

const BULK = "/api/patient-messages/threads/bulk";
const done: BulkResults = { results: [{ threadId: THREAD, outcome: "done" }], done: 1, unchanged: 0, refused: 0, undoToken: "way back" };

/** Records acts and what is taken back; the conversation is then `after` an act, and as it was once it is undone. */
function recordActs(after: Partial<StaffThreadDetail>, before = detail()): unknown[] {
  const asked: unknown[] = [];
  const stand = (thread: StaffThreadDetail) => server.use(mockGet<StaffThreadPage>(ONE, page(thread, [message("m1")])));
  server.use(
    mockPost<BulkResults>(BULK, async (request) => {
      asked.push(await request.json());
      stand({ ...before, ...after, version: 4 });
      return done;
    }, 200),
    mockPost<BulkResults>(`${BULK}/undo`, async (request) => {
      asked.push(await request.json());
      stand({ ...before, version: 5 });
      return done;
    }, 200),
  );
  return asked;
}

it("sends edits with the version that is on the screen", async () => {
  const seen: { match: string | null; body: ThreadChange }[] = [];
  const { user } = await renderApp();
  server.use(
    mockPut<StaffThreadAnswer>(ONE, async (request) => {
      seen.push({ match: request.headers.get("if-match"), body: (await request.json()) as ThreadChange });
      return { thread: detail({ category: "billing", version: 4 }) };
    }),
  );
  await user.click(await screen.findByRole("button", { name: "Category: Medical" }));
  await user.click(await screen.findByRole("menuitemradio", { name: "Billing" }));
  expect(await screen.findByRole("button", { name: "Category: Billing" })).toBeInTheDocument();
  expect(seen).toEqual([{ match: '"3"', body: { category: "billing" } }]);
});

it("takes an assignment back by Z, and with it the status that the assignment moved", async () => {
  const before = detail({ status: "open", assignedTo: "s2", assignedToName: "Dr. Amara Okafor" });
  const { user } = await renderApp({ thread: before });
  const asked = recordActs({ status: "in-progress", assignedTo: ME, assignedToName: "Priya Raman-Whitfield" }, before);
  const heading = await screen.findByRole("heading", { name: "Eyelid swelling" });
  await waitFor(() => expect(heading).toHaveFocus());
  await user.keyboard("i");
  expect(await screen.findByText("Assignment changed")).toBeInTheDocument();
  expect(screen.getByRole("button", { name: "Status: In progress" })).toBeInTheDocument();
  await user.keyboard("z");
  expect(await screen.findByText("Undone")).toBeInTheDocument();
  expect(asked).toEqual([{ threadIds: [THREAD], action: { type: "assign", assignedTo: ME } }, { undoToken: "way back" }]);
  expect(await screen.findByRole("button", { name: "Status: Open" })).toBeInTheDocument();
  expect(screen.getByRole("button", { name: "Assigned to: Dr. Amara Okafor" })).toBeInTheDocument();
});

it.each([
  { by: "Priority: High", entry: "Urgent", action: { type: "priority", priority: "urgent" }, says: "Priority changed" },
  { by: "Status: In progress", entry: "Waiting for patient", action: { type: "status", status: "waiting-patient" }, says: "Status changed" },
  { by: "Assigned to: Nobody", entry: "Triage", action: { type: "assign", assignedTeam: "team1" }, says: "Assignment changed" },
])("takes back what $by was set to", async ({ by, entry, action, says }) => {
  const { user } = await renderApp();
  const asked = recordActs({});
  await user.click(await screen.findByRole("button", { name: by }));
  await user.click(await screen.findByRole("menuitemradio", { name: entry }));
  await screen.findByText(says);
  await user.click(screen.getByRole("button", { name: /^Undo/ }));
  expect(await screen.findByText("Undone")).toBeInTheDocument();
  expect(asked).toEqual([{ threadIds: [THREAD], action }, { undoToken: "way back" }]);
});

it("takes a reopening back", async () => {
  const before = detail({ status: "closed", closedAt: "2026-03-12T10:00:00.000Z" });
  const { user } = await renderApp({ thread: before });
  const asked = recordActs({ status: "open", closedAt: null }, before);
  await screen.findByRole("heading", { name: "Eyelid swelling" });
  await user.keyboard("{Shift>}e{/Shift}");
  expect(await screen.findByText("1 conversation reopened")).toBeInTheDocument();
  await user.keyboard("z");
  expect(await screen.findByText("Undone")).toBeInTheDocument();
  expect(asked).toEqual([{ threadIds: [THREAD], action: { type: "reopen" } }, { undoToken: "way back" }]);
});

it("bases the second of two quick acts on what the first one left", async () => {
  const { user } = await renderApp({ thread: detail({ assignedTo: null }) });
  const asked = recordActs({ assignedTo: ME, assignedToName: "Priya Raman-Whitfield" });
  const heading = await screen.findByRole("heading", { name: "Eyelid swelling" });
  await waitFor(() => expect(heading).toHaveFocus());
  await user.keyboard("i{Shift>}r{/Shift}");
  await waitFor(() => expect(asked).toHaveLength(2));
  expect(asked[1]).toEqual({ threadIds: [THREAD], action: { type: "status", status: "waiting-provider" } });
  expect(screen.queryByText(/Somebody changed/)).not.toBeInTheDocument();
});

const archivist = me({ mayDo: [...me().mayDo, "archive"] });
const closed = detail({ status: "closed", closedAt: "2026-03-12T10:00:00.000Z" });

it("archives a closed conversation by its menu, shows that it is archived, and takes it back", async () => {
  const { user } = await renderApp({ thread: closed, me: archivist });
  const asked = recordActs({ archivedAt: "2026-03-12T11:00:00.000Z" }, closed);
  const header = (await screen.findByRole("heading", { name: "Eyelid swelling" })).closest("header") as HTMLElement;
  expect(within(header).queryByText("Archived")).not.toBeInTheDocument();
  await user.click(screen.getByRole("button", { name: "More actions" }));
  await user.click(await screen.findByRole("menuitem", { name: "Archive" }));
  expect(await screen.findByText("1 conversation archived")).toBeInTheDocument();
  expect(within(header).getByText("Archived")).toBeInTheDocument();
  await user.keyboard("z");
  expect(await screen.findByText("Undone")).toBeInTheDocument();
  await waitFor(() => expect(within(header).queryByText("Archived")).not.toBeInTheDocument());
  expect(asked).toEqual([{ threadIds: [THREAD], action: { type: "archive" } }, { undoToken: "way back" }]);
});

it("takes a conversation out of the archive by the command bar", async () => {
  const archived = { ...closed, archivedAt: "2026-03-12T11:00:00.000Z" };
  const { user } = await renderApp({ thread: archived, me: archivist });
  const asked = recordActs({ archivedAt: null }, archived);
  await screen.findByRole("heading", { name: "Eyelid swelling" });
  await user.keyboard("{Control>}k{/Control}");
  await user.type(await screen.findByRole("combobox", { name: "Type a command, a view or a name" }), "archive");
  await user.click(await screen.findByRole("option", { name: "Take out of the archive" }));
  expect(await screen.findByText("1 conversation taken out of the archive")).toBeInTheDocument();
  expect(asked).toEqual([{ threadIds: [THREAD], action: { type: "unarchive" } }]);
});

it.each([
  { who: "whose role may not archive", scene: { thread: closed } },
  { who: "while it is open", scene: { me: archivist } },
])("offers no archive to anybody $who", async ({ scene }) => {
  const { user } = await renderApp(scene);
  await user.click(await screen.findByRole("button", { name: "More actions" }));
  await screen.findByRole("menuitem", { name: "Show patient" });
  expect(screen.queryByRole("menuitem", { name: /archive/i })).not.toBeInTheDocument();
});

it("closes by one act and takes it back with what the server gave for it", async () => {
  const asked: unknown[] = [];
  const { user } = await renderApp();
  const answer = { results: [{ threadId: THREAD, outcome: "done" as const }], done: 1, unchanged: 0, refused: 0, undoToken: "way back" };
  server.use(
    mockPost<BulkResults>("/api/patient-messages/threads/bulk", async (request) => {
      asked.push(await request.json());
      return answer;
    }, 200),
    mockPost<BulkResults>("/api/patient-messages/threads/bulk/undo", async (request) => {
      asked.push(await request.json());
      return answer;
    }, 200),
  );
  await user.click(await screen.findByRole("button", { name: "Close conversation" }));
  await user.type(await screen.findByLabelText(/Reason/), "done{Control>}{Enter}{/Control}");
  await user.click(await screen.findByRole("button", { name: /^Undo/ }));
  expect(await screen.findByText("Undone")).toBeInTheDocument();
  expect(asked).toEqual([{ threadIds: [THREAD], action: { type: "close", reason: "done" } }, { undoToken: "way back" }]);
});

it("marks unread by U and takes it back by Z", async () => {
  const asked: unknown[] = [];
  const { user } = await renderApp();
  const answer = { results: [{ threadId: THREAD, outcome: "done" as const }], done: 1, unchanged: 0, refused: 0, undoToken: "way back" };
  for (const path of ["", "/undo"])
    server.use(
      mockPost<BulkResults>(`/api/patient-messages/threads/bulk${path}`, async (request) => {
        asked.push(await request.json());
        return answer;
      }, 200),
    );
  const heading = await screen.findByRole("heading", { name: "Eyelid swelling" });
  await waitFor(() => expect(heading).toHaveFocus());
  await user.keyboard("u");
  expect(await screen.findByText("1 conversation marked unread")).toBeInTheDocument();
  await user.keyboard("z");
  expect(await screen.findByText("Undone")).toBeInTheDocument();
  expect(asked).toEqual([{ threadIds: [THREAD], action: { type: "mark-unread" } }, { undoToken: "way back" }]);
});

it("marks unread after the read mark on its way, which may come twice", async () => {
  const order: string[] = [];
  let letGo: () => void = () => undefined;
  const held = new Promise<void>((resolve) => (letGo = resolve));
  const { user } = await renderApp({
    handlers: [
      http.post(`${ONE}/mark-read`, async () => {
        await held;
        order.push("read");
        return noContent();
      }),
    ],
  });
  server.use(
    mockPost<BulkResults>("/api/patient-messages/threads/bulk", () => {
      order.push("unread");
      return { results: [{ threadId: THREAD, outcome: "done" as const }], done: 1, unchanged: 0, refused: 0, undoToken: "way back" };
    }, 200),
  );
  const heading = await screen.findByRole("heading", { name: "Eyelid swelling" });
  await waitFor(() => expect(heading).toHaveFocus());
  await user.keyboard("u");
  await new Promise((resolve) => setTimeout(resolve, 100));
  letGo();
  expect(await screen.findByText("1 conversation marked unread")).toBeInTheDocument();
  expect(order).toEqual(["read", "unread"]);
});

it("acts on the version that was shown when the act began, whatever comes onto the screen meanwhile", async () => {
  const { user } = await renderApp();
  const heading = await screen.findByRole("heading", { name: "Eyelid swelling" });
  await waitFor(() => expect(heading).toHaveFocus());
  const asked = recordActs({});
  let letGo: () => void = () => undefined;
  const held = new Promise<void>((resolve) => (letGo = resolve));
  const newer = page(detail({ version: 4, assignedTeam: "team1", assignedTeamName: "Triage" }), [message("m1")]);
  server.use(
    mockGet<StaffThreadPage>(ONE, async (request) => {
      if (new URL(request.url).searchParams.get("limit") === "1") await held;
      return newer;
    }),
  );
  await user.keyboard("i");
  // A colleague's change reaches the page before the answer does.
  await queryClient.invalidateQueries({ queryKey: threadKeys.detail(THREAD) });
  expect(await screen.findByRole("button", { name: "Assigned to: Triage" })).toBeInTheDocument();
  letGo();
  expect(await screen.findByText("Somebody changed this conversation a moment ago.")).toBeInTheDocument();
  expect(asked).toEqual([]);
});

it("shows the newest when somebody was faster, and says that nothing was saved", async () => {
  const { user } = await renderApp();
  const heading = await screen.findByRole("heading", { name: "Eyelid swelling" });
  await waitFor(() => expect(heading).toHaveFocus());
  const asked = recordActs({});
  server.use(
    mockGet<StaffThreadPage>(ONE, page(detail({ version: 4, assignedTeam: "team1", assignedTeamName: "Triage" }), [message("m1")])),
  );
  await user.keyboard("i");
  const alert = await screen.findByText("Somebody changed this conversation a moment ago.");
  expect(alert.parentElement).toHaveTextContent("It is now assigned to Triage. Your change was not saved.");
  expect(screen.getByRole("button", { name: "Assigned to: Triage" })).toBeInTheDocument();
  expect(asked).toEqual([]);
});

it("marks the newest message read on opening", async () => {
  const marked: unknown[] = [];
  await renderApp();
  server.use(
    http.post(`${ONE}/mark-read`, async ({ request }) => {
      marked.push(await request.json());
      return noContent();
    }),
  );
  await screen.findByRole("log");
  await waitFor(() => expect(marked).toEqual([{ messageId: "m2" }]));
});

it("marks it read when the line comes back, though the server could not take it at first", async () => {
  // No try of its own comes first.
  vi.spyOn(Math, "random").mockReturnValue(1_000);
  let isBroken = true;
  const marked: unknown[] = [];
  await renderApp({
    handlers: [
      http.post(`${ONE}/mark-read`, async ({ request }) => {
        marked.push(await request.json());
        return isBroken ? problemResponse(503, "dependency_unavailable") : noContent();
      }),
    ],
  });
  await screen.findByRole("log");
  await waitFor(() => expect(marked).toHaveLength(1));
  isBroken = false;
  liveLine.say("ready", { resumed: true });
  await waitFor(() => expect(marked).toEqual([{ messageId: "m2" }, { messageId: "m2" }]));
});

it("shows each kind of entry in its own shape", async () => {
  await renderApp({
    messages: [
      message("m1"),
      message("m2", { senderType: "system", senderName: "Automated System", messageText: "Thank you" }),
      message("m3", { senderType: "staff", senderId: "s2", senderName: "Dr. Amara Okafor", senderTitle: "MD" }),
      message("m4", { senderType: "staff", senderId: "s2", senderName: "Dr. Amara Okafor", isInternalNote: true, messageText: "@Dr. Amara Okafor look", mentions: ["s2"] }),
      message("m5", { integrity: "failed", messageText: null }),
    ],
  });
  const log = await screen.findByRole("log");
  expect(within(log).getByText("automatic reply, not from a person")).toBeInTheDocument();
  expect(within(log).getByText("Internal note. Patient cannot see this")).toBeInTheDocument();
  expect(within(log).getByText("This message cannot be opened.")).toBeInTheDocument();
  await waitFor(() => expect(within(log).getByText("@Dr. Amara Okafor")).toHaveClass("mention"));
});

it("keeps what one's role may not do off the page", async () => {
  await renderApp({ me: me({ mayDo: ["list_threads", "reply"] }) });
  await screen.findByRole("heading", { name: "Eyelid swelling" });
  for (const name of [/^Status:/, /^Priority:/, /^Category:/, /^Assigned to:/, /^Close conversation/, /Canned response/])
    expect(screen.queryByRole("button", { name })).not.toBeInTheDocument();
  expect(screen.queryByRole("tab", { name: "Internal note" })).not.toBeInTheDocument();
  expect(screen.queryByRole("link", { name: /New message/ })).not.toBeInTheDocument();
});

it("lets only those who may approve hand a review back to the patient", async () => {
  const waiting = { thread: detail({ status: "waiting-provider" }) };
  const nurse = await renderApp({ ...waiting, me: me({ mayDo: ["list_threads", "set_status", "reply"] }) });
  await nurse.user.click(await screen.findByRole("button", { name: "Status: Waiting for provider" }));
  expect(await screen.findByRole("menuitemradio", { name: "In progress" })).toBeInTheDocument();
  expect(screen.queryByRole("menuitemradio", { name: "Waiting for patient" })).not.toBeInTheDocument();
  nurse.unmount();
  await renderApp(waiting);
  expect(await screen.findByRole("button", { name: "Approve" })).toBeInTheDocument();
});

it("puts no patient's word into the title, the address or the storage", async () => {
  const { user, router } = await renderApp();
  await user.type(await screen.findByRole("textbox", { name: /Message to/ }), "words about Ana");
  await user.type(screen.getByRole("combobox", { name: /^Search patients/ }), "Silva{Enter}");
  expect(await screen.findByText("Nothing was found")).toBeInTheDocument();
  const kept = [document.title, router.history.location.href, JSON.stringify({ ...localStorage }), JSON.stringify({ ...sessionStorage })].join(" ");
  expect(kept).not.toMatch(/Ana|Silva|Eyelid|004-18823|token/);
  expect(kept).toContain(THREAD);
});

it("takes a conversation off the screen that one may no longer see", async () => {
  await renderApp();
  await screen.findByRole("heading", { name: "Eyelid swelling" });
  server.use(http.get(ONE, () => problemResponse(404, "not_found")));
  await reloadThread(THREAD);
  expect(await screen.findByText("This conversation is not here")).toBeInTheDocument();
  expect(screen.queryByText("text of m1")).not.toBeInTheDocument();
});

it("shows what arrives by itself, once, and closes what one may no longer see", async () => {
  await renderApp({ messages: [message("m1")] });
  await screen.findByText("text of m1");
  server.use(mockGet<StaffThreadPage>(ONE, page(detail(), [message("m1"), message("m2")])));
  liveLine.say("thread", { threadId: THREAD, kind: "message", messageId: "m2" });
  liveLine.say("thread", { threadId: THREAD, kind: "message", messageId: "m2" });
  expect(await screen.findAllByText("text of m2")).toHaveLength(1);
  server.use(http.get(ONE, () => problemResponse(404, "not_found")));
  liveLine.say("thread", { threadId: THREAD, kind: "gone" });
  expect(await screen.findByText("This conversation is not here")).toBeInTheDocument();
  expect(screen.queryByText("text of m2")).not.toBeInTheDocument();
});

it("asks once for a message that is not of this conversation", async () => {
  const asked: (string | null)[] = [];
  const elsewhere = "00000000-0000-7000-8000-0000000e15e0";
  await renderApp({
    path: `/inbox/open/${THREAD}?message=${elsewhere}`,
    handlers: [
      http.get(ONE, ({ request }) => {
        const around = new URL(request.url).searchParams.get("around");
        asked.push(around);
        return around ? problemResponse(400, "invalid_cursor") : HttpResponse.json({ ...page(detail(), [message("m1")]) });
      }),
    ],
  });
  await screen.findByRole("log");
  await reloadThread(THREAD);
  expect(asked.filter(Boolean)).toEqual([elsewhere]);
});

it("opens at the message of its address, with what stands around it", async () => {
  const asked: URLSearchParams[] = [];
  const hit = "00000000-0000-7000-8000-00000000beef";
  await renderApp({
    path: `/inbox/open/${THREAD}?message=${hit}`,
    handlers: [
      mockGet<StaffThreadPage>(ONE, (request) => {
        asked.push(new URL(request.url).searchParams);
        return page(detail(), [message("m1"), message(hit), message("m3")]);
      }),
    ],
  });
  const found = await screen.findByText(`text of ${hit}`);
  expect(asked[0]?.get("around")).toBe(hit);
  expect(found.closest("[data-hit]")).not.toBeNull();
  expect(document.querySelectorAll("[data-hit]")).toHaveLength(1);
});

it("says who of the team has read, and who of the patient's side", async () => {
  const at = "2026-03-12T13:46:00.000Z";
  const seen = detail({
    patientSeen: [{ name: "Ana Silva", at, messageId: "m2" }],
    staffSeen: [{ staffId: "s2", fullName: "Dr. Amara Okafor", at, messageId: "m1" }],
  });
  await renderApp({ thread: seen, messages: [message("m1"), message("m2", { senderType: "staff", senderId: ME, senderName: "Priya" })] });
  expect(await screen.findByText(/^Read by Dr\. Amara Okafor at/)).toBeInTheDocument();
  expect(screen.getByText(/^Read by Ana Silva at/)).toBeInTheDocument();
});

it("stars a conversation by button and takes the star away by its key", async () => {
  const { user } = await renderApp();
  const acts: string[] = [];
  const star = (isStarred: boolean) => {
    acts.push(isStarred ? "star" : "unstar");
    server.use(mockGet<StaffThreadPage>(ONE, page(detail({ isStarred }), [message("m1")])));
    return noContent();
  };
  server.use(http.put(`${ONE}/star`, () => star(true)), http.delete(`${ONE}/star`, () => star(false)));
  await user.click(await screen.findByRole("button", { name: "Star" }));
  await screen.findByRole("button", { name: "Remove the star" });
  await user.keyboard("{Shift>}s{/Shift}");
  await screen.findByRole("button", { name: "Star" });
  expect(acts).toEqual(["star", "unstar"]);
});
