import { screen, within } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { describe, expect, it } from "vitest";
import { server } from "@/test/server";
import { problemResponse } from "@/test/typed";
import { ana, messageOf, pageOf, sofia, threadOf } from "./fixtures";
import { conversation, MESSAGES, openPortal, signedIn } from "./portal";

/** A conversation of the reader's own that the server keeps private, or not. */
function own(isConfidential: boolean, answer?: () => Response) {
  const state = { isConfidential };
  const saved: unknown[] = [];
  signedIn([ana]);
  conversation(() => pageOf(threadOf(state), [messageOf("m1")]));
  server.use(http.put(`${MESSAGES}/threads/thread-1`, async ({ request }) => {
    const body = (await request.json()) as typeof state;
    saved.push(body);
    if (answer) return answer();
    Object.assign(state, body);
    return HttpResponse.json({ ...threadOf(state) });
  }));
  return saved;
}

const open = () => openPortal("/riverside/messages/thread-1");

describe("a patient's own conversation", () => {
  it("is shut to helpers with one press", async () => {
    const saved = own(false);
    const { user } = await open();
    expect(await screen.findByText("People who help you can read this.")).toBeVisible();
    await user.click(screen.getByRole("button", { name: "Keep this private" }));
    expect(await screen.findByText("Only you see this, and your care team.")).toBeVisible();
    expect(saved).toEqual([{ isConfidential: true }]);
  });

  it("is opened to them only after a question", async () => {
    const saved = own(true);
    const { user } = await open();
    await user.click(await screen.findByRole("button", { name: "Let helpers read it" }));
    const asking = within(await screen.findByRole("alertdialog"));
    expect(asking.getByText(/the earlier ones too/)).toBeVisible();
    expect(saved).toEqual([]);
    await user.click(asking.getByRole("button", { name: "Let helpers read it" }));
    expect(await screen.findByText("People who help you can read this.")).toBeVisible();
    expect(saved).toEqual([{ isConfidential: false }]);
  });

  it("says when it could not be changed", async () => {
    own(false, () => problemResponse(503, "dependency_unavailable"));
    const { user } = await open();
    await user.click(await screen.findByRole("button", { name: "Keep this private" }));
    expect(await screen.findByRole("alert")).toHaveTextContent("We could not change this.");
    expect(screen.getByText("People who help you can read this.")).toBeVisible();
  });
});

it("gives the choice to no one else, and says of a helper's words that a helper wrote them", async () => {
  signedIn([sofia]);
  const byProxy = { sentByProxy: { fullName: "Carla Mendes", relationship: "guardian" } } as const;
  conversation(() => pageOf(threadOf({ patientId: sofia.id }), [
    messageOf("m1", { ...byProxy, isOwn: true }),
    messageOf("m2", { sentByProxy: { fullName: "Ben Okafor", relationship: "caregiver" }, isOwn: false }),
  ]));
  await open();
  const log = within(await screen.findByRole("log"));
  expect((await log.findByText("You")).parentElement).toHaveTextContent("wrote as guardian");
  expect(log.getByText("Ben Okafor").parentElement).toHaveTextContent("wrote as caregiver");
  expect(screen.queryByRole("button", { name: "Keep this private" })).toBeNull();
});
