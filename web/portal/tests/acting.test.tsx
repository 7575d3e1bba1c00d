import { screen, waitFor } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { describe, expect, it } from "vitest";
import { server } from "@/test/server";
import { problemResponse } from "@/test/typed";
import { ana, mateo, messageOf, pageOf, sofia, staffMessage, threadOf } from "./fixtures";
import { AUTH, conversation, lists, MESSAGES, openPortal, signedIn } from "./portal";

const actsFor = (refuse?: () => Response) =>
  server.use(
    http.post(`${AUTH}/acting-for`, async ({ request }) => {
      if (refuse) return refuse();
      const { patientId } = (await request.json()) as { patientId: string };
      return HttpResponse.json({ accessToken: `for-${patientId}`, expiresIn: 600, actingFor: patientId });
    }),
  );

const listsOfBoth = () =>
  lists((_query, token) => [token.includes(mateo.id) ? threadOf({ subject: "Mateo's rash" }) : threadOf({ subject: "Sofia's eczema" })]);

async function chooseMateo(user: Awaited<ReturnType<typeof openPortal>>["user"]) {
  await user.click(await screen.findByRole("button", { name: "Change who you are here for" }));
  await user.click(screen.getByRole("radio", { name: /Mateo/ }));
  await user.click(screen.getByRole("button", { name: "Continue" }));
}

describe("a guardian of two", () => {
  it("sees on every page for whom, and never in the window's title", async () => {
    signedIn([sofia, mateo]);
    listsOfBoth();
    await openPortal("/riverside");
    expect(await screen.findByRole("heading", { name: "Sofia’s messages" })).toBeVisible();
    expect(screen.getByRole("region", { name: "Who you are here for" })).toHaveTextContent("You are here for Sofia Mendes, as guardian");
    expect(document.title).toBe("Messages · Riverside Dermatology");
  });

  it("changes the person and keeps nothing of the other one", async () => {
    signedIn([sofia, mateo]);
    listsOfBoth();
    actsFor();
    const { user } = await openPortal("/riverside");
    expect(await screen.findByText("Sofia's eczema")).toBeVisible();
    await chooseMateo(user);
    expect(await screen.findByText("Mateo's rash")).toBeVisible();
    expect(screen.queryByText("Sofia's eczema")).toBeNull();
    expect(screen.getByRole("heading", { level: 1 })).toHaveTextContent("Mateo’s messages");
  });

  it("says when access to a person has ended", async () => {
    signedIn([sofia, mateo]);
    listsOfBoth();
    actsFor(() => problemResponse(404, "not_found"));
    const { user } = await openPortal("/riverside");
    await chooseMateo(user);
    expect(await screen.findByRole("alert")).toHaveTextContent("You no longer have access to these messages.");
  });

  it("chooses again when the server no longer knows for whom", async () => {
    signedIn([sofia, mateo]);
    let lost = true;
    actsFor();
    server.use(
      http.get(`${MESSAGES}/threads`, () =>
        lost
          ? problemResponse(409, "acting_for_required")
          : HttpResponse.json({ threads: [], pagination: { limit: 20, nextCursor: null, hasMore: false } }),
      ),
    );
    const { user } = await openPortal("/riverside");
    expect(await screen.findByRole("heading", { name: "Who are you here for?" })).toBeVisible();
    lost = false;
    await user.click(screen.getByRole("button", { name: "Continue" }));
    await waitFor(() => expect(screen.getByText("No messages yet")).toBeVisible());
  });
});

it("shows no strip to somebody who has only themselves", async () => {
  signedIn([ana]);
  lists(() => []);
  await openPortal("/riverside");
  expect(await screen.findByText("No messages yet")).toBeVisible();
  expect(screen.queryByRole("region", { name: "Who you are here for" })).toBeNull();
});

describe("somebody who may only read", () => {
  const readOnly = { ...sofia, relationship: "caregiver", scope: "read" } as const;

  it("reads a conversation and is told why there is nothing to write in", async () => {
    signedIn([readOnly]);
    conversation(() => pageOf(threadOf({ patientId: sofia.id }), [messageOf("m-1"), staffMessage("m-2", "It is on its way.")]));
    await openPortal("/riverside/messages/thread-1");
    expect(await screen.findByText("It is on its way.")).toBeVisible();
    expect(screen.getByText("You can read these messages, but not write.").parentElement).toHaveTextContent("If you need to write for Sofia, call us at (555) 010-0142.");
    expect(screen.queryByRole("textbox")).toBeNull();
    expect(screen.queryByRole("button", { name: /Send|Write again/ })).toBeNull();
  });

  it("finds no way to a new message, by a link that was kept neither", async () => {
    signedIn([readOnly]);
    lists(() => []);
    const { router } = await openPortal("/riverside");
    expect(await screen.findByText("No messages yet")).toBeVisible();
    expect(screen.queryByRole("link", { name: /Write/ })).toBeNull();
    await router.navigate({ to: "/$practice/new", params: { practice: "riverside" } });
    expect(await screen.findByRole("heading", { name: "Write to the care team about Sofia" })).toBeVisible();
    expect(screen.getByText("You can read these messages, but not write.")).toBeVisible();
    expect(screen.queryByRole("textbox")).toBeNull();
  });
});
