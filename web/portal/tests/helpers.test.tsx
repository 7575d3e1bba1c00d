import { screen, waitFor, within } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { describe, expect, it } from "vitest";
import type { PortalGrants } from "@/api/types";
import { server } from "@/test/server";
import { mockGet, noContent, problemResponse } from "@/test/typed";
import { ana, mateo, meOf, sofia } from "./fixtures";
import { AUTH, openPortal, signedIn } from "./portal";

const BASE = "/api/patient-portal";
const none: PortalGrants = { mine: [], given: [], pending: [] };
const carla = { accountId: "a-carla", fullName: "Carla Mendes", relationship: "caregiver", scope: "write", expiresAt: null, isPending: false } as const;
const asked = { invitationId: "i-1", email: "ben@example.org", relationship: "caregiver", scope: "read", expiresAt: "2030-06-05T15:00:00.000Z" } as const;
const helped = { patientId: sofia.id, fullName: sofia.fullName, relationship: "guardian", scope: "write", expiresAt: null } as const;

/** A patient's page about helpers, and every act that it sent. */
function grants(start: PortalGrants, patients = [ana], actingFor?: string) {
  const now = { grants: start };
  const sent: [string, unknown][] = [];
  signedIn(patients, actingFor);
  server.use(http.get(`${BASE}/grants`, () => HttpResponse.json({ ...now.grants })));
  const on = (method: "post" | "delete", path: string, answer: () => Response) =>
    server.use(http[method](`${BASE}${path}`, async ({ request }) => {
      const text = await request.text();
      sent.push([`${request.method} ${path}`, text ? JSON.parse(text) : undefined]);
      return answer();
    }));
  return { now, sent, on };
}

const open = () => openPortal("/riverside/account/helpers");
const dialog = async () => within(await screen.findByRole("alertdialog"));

describe("who can help", () => {
  it("is named with what they may do and until when", async () => {
    grants({ ...none, given: [carla], pending: [asked] });
    await open();
    expect((await screen.findByText("Carla Mendes")).closest("li")).toHaveTextContent("Caregiver. Reads and writes. No end date.");
    expect(screen.getByText("ben@example.org").closest("li")).toHaveTextContent("Caregiver. Reads only. Good until Wednesday, June 5, 2030.");
    expect(document.title).toBe("People who help · Riverside Dermatology");
  });

  it("says that nobody does", async () => {
    grants(none);
    await open();
    expect(await screen.findByText("Nobody. Only you and your care team read your messages.")).toBeVisible();
  });

  it("is told to the patient alone: who is here for somebody else goes back to themselves first", async () => {
    // The server tells nobody's helpers while the account acts for somebody else.
    const { now, on } = grants({ ...none, mine: [helped] }, [ana, sofia], sofia.id);
    on("post", "/auth/acting-for", () => {
      now.grants = { ...none, given: [carla], mine: [helped] };
      return HttpResponse.json({ accessToken: "own", expiresIn: 600, actingFor: ana.id });
    });
    const { user } = await open();
    expect(await screen.findByText(/You are here for Sofia Mendes now/)).toBeVisible();
    expect(screen.queryByText(/Nobody/)).toBeNull();
    expect(screen.queryByRole("button", { name: "Invite somebody" })).toBeNull();
    await user.click(screen.getByRole("button", { name: "Back to my own messages" }));
    expect(await screen.findByText("Carla Mendes")).toBeVisible();
  });

  it("loses access at once, after a question", async () => {
    const { now, sent, on } = grants({ ...none, given: [carla] });
    on("delete", "/grants/a-carla", () => {
      now.grants = none;
      return noContent();
    });
    const { user } = await open();
    await user.click(await screen.findByRole("button", { name: "Stop access of Carla Mendes" }));
    const asking = await dialog();
    expect(sent).toEqual([]);
    await user.click(asking.getByRole("button", { name: "Stop access" }));
    await waitFor(() => expect(screen.queryByText("Carla Mendes")).toBeNull());
    expect(sent.map(([act]) => act)).toEqual(["DELETE /grants/a-carla"]);
  });

  it("keeps access when the reader thinks again, and when the server refuses", async () => {
    const { sent, on } = grants({ ...none, given: [carla] });
    on("delete", "/grants/a-carla", () => problemResponse(503, "dependency_unavailable"));
    const { user } = await open();
    await user.click(await screen.findByRole("button", { name: "Stop access of Carla Mendes" }));
    await user.click((await dialog()).getByRole("button", { name: "Cancel" }));
    await waitFor(() => expect(screen.queryByRole("alertdialog")).toBeNull());
    expect(sent).toEqual([]);
    await user.click(screen.getByRole("button", { name: "Stop access of Carla Mendes" }));
    await user.click((await dialog()).getByRole("button", { name: "Stop access" }));
    expect(await screen.findByRole("alert")).toHaveTextContent("This did not work.");
    expect(screen.getByText("Carla Mendes", { selector: "b" })).toBeInTheDocument();
  });

  it("may be taken back while it waits", async () => {
    const { now, sent, on } = grants({ ...none, pending: [asked] });
    on("delete", "/invitations/i-1", () => {
      now.grants = none;
      return noContent();
    });
    const { user } = await open();
    await user.click(await screen.findByRole("button", { name: "Take back the invitation to ben@example.org" }));
    await user.click((await dialog()).getByRole("button", { name: "Take back" }));
    await waitFor(() => expect(screen.queryByText("ben@example.org")).toBeNull());
    expect(sent.map(([act]) => act)).toEqual(["DELETE /invitations/i-1"]);
  });
});

describe("inviting somebody", () => {
  async function fillIn(user: Awaited<ReturnType<typeof open>>["user"]) {
    await user.click(await screen.findByRole("button", { name: "Invite somebody" }));
    await user.type(screen.getByLabelText("Their name"), "Ben Okafor");
    await user.type(screen.getByLabelText("Their e-mail"), "ben@example.org");
    await user.click(screen.getByRole("radio", { name: /Read only/ }));
  }

  it("is offered only where the practice lets patients", async () => {
    grants({ ...none, given: [carla] });
    await openPortal("/riverside/account/helpers", { patientsMayInvite: false });
    expect(await screen.findByRole("button", { name: "Stop access of Carla Mendes" })).toBeVisible();
    expect(screen.queryByRole("button", { name: "Invite somebody" })).toBeNull();
    expect(screen.getByText(/Here the practice adds people who help/)).toBeVisible();
  });

  it("says who, how much and how long", async () => {
    const { now, sent, on } = grants(none);
    on("post", "/grants", () => {
      now.grants = { ...none, pending: [asked] };
      return HttpResponse.json({ invitationId: "i-1" }, { status: 201 });
    });
    const { user } = await open();
    await fillIn(user);
    await user.click(screen.getByRole("radio", { name: "Until I end it" }));
    await user.click(screen.getByRole("button", { name: "Send the invitation" }));
    expect(await screen.findByText("The invitation is on its way.")).toBeVisible();
    expect(await screen.findByText("ben@example.org", { selector: "b" })).toBeVisible();
    expect(sent).toEqual([["POST /grants", { email: "ben@example.org", fullName: "Ben Okafor", relationship: "caregiver", scope: "read" }]]);
  });

  it("ends after a year unless told otherwise", async () => {
    const { sent, on } = grants(none);
    on("post", "/grants", () => HttpResponse.json({ invitationId: "i-1" }, { status: 201 }));
    const { user } = await open();
    await fillIn(user);
    await user.click(screen.getByRole("button", { name: "Send the invitation" }));
    await screen.findByText("The invitation is on its way.");
    const { expiresAt } = sent[0]?.[1] as { expiresAt: string };
    const days = (Date.parse(expiresAt) - Date.now()) / 86_400_000;
    expect(Math.round(days)).toBeGreaterThanOrEqual(365);
    expect(Math.round(days)).toBeLessThanOrEqual(366);
  });

  it("names what is missing and keeps what was typed when it fails", async () => {
    const { on } = grants(none);
    on("post", "/grants", () => problemResponse(403, "forbidden"));
    const { user } = await open();
    await user.click(await screen.findByRole("button", { name: "Invite somebody" }));
    await user.click(screen.getByRole("button", { name: "Send the invitation" }));
    expect(screen.getByLabelText("Their name")).toHaveFocus();
    expect(screen.getByLabelText("Their e-mail")).toHaveAccessibleDescription(/Enter their e-mail/);
    await user.type(screen.getByLabelText("Their name"), "Ben");
    await user.type(screen.getByLabelText("Their e-mail"), "ben@example.org");
    await user.click(screen.getByRole("button", { name: "Send the invitation" }));
    expect(await screen.findByRole("alert")).toHaveTextContent("Here the practice adds people who help.");
    expect(screen.getByLabelText("Their name")).toHaveValue("Ben");
  });
});

describe("whom one helps", () => {
  it("is left after a question, and the choice of person follows", async () => {
    const { now, sent, on } = grants({ ...none, mine: [helped, { ...helped, patientId: mateo.id, fullName: mateo.fullName }] }, [sofia, mateo]);
    on("delete", "/grants/mine/p-mateo", () => {
      now.grants = { ...none, mine: [helped] };
      server.use(mockGet(`${AUTH}/me`, { ...meOf([sofia]) }));
      return noContent();
    });
    const { user } = await open();
    expect(await screen.findByRole("heading", { level: 1, name: "Whom you help" })).toBeVisible();
    expect(screen.queryByRole("button", { name: "Invite somebody" })).toBeNull();
    await user.click(await screen.findByRole("button", { name: "Stop helping Mateo Mendes" }));
    await user.click((await dialog()).getByRole("button", { name: "Stop helping" }));
    await waitFor(() => expect(screen.queryByText("Mateo Mendes")).toBeNull());
    expect(screen.queryByRole("button", { name: "Change who you are here for" })).toBeNull();
    expect(sent.map(([act]) => act)).toEqual(["DELETE /grants/mine/p-mateo"]);
  });

  it("shows nothing more of the person who was left", async () => {
    const { on } = grants({ ...none, mine: [helped] }, [sofia, mateo]);
    on("delete", "/grants/mine/p-sofia", () => {
      server.use(mockGet(`${AUTH}/me`, { ...meOf([mateo]), actingFor: null }));
      return noContent();
    });
    const { user } = await open();
    await user.click(await screen.findByRole("button", { name: "Stop helping Sofia Mendes" }));
    await user.click((await dialog()).getByRole("button", { name: "Stop helping" }));
    expect(await screen.findByRole("heading", { name: "Who are you here for?" })).toBeVisible();
    expect(document.body).not.toHaveTextContent("Sofia");
  });
});
