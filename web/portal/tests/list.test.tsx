import { screen, waitFor, within } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { describe, expect, it } from "vitest";
import { server } from "@/test/server";
import { problemResponse } from "@/test/typed";
import { ana, threadOf } from "./fixtures";
import { lists, MESSAGES, openPortal, signedIn } from "./portal";

describe("the list", () => {
  it("says whose turn it is in the patient's words", async () => {
    signedIn([ana]);
    lists(() => [
      threadOf({ id: "1", subject: "One", status: "waiting-provider" }),
      threadOf({ id: "2", subject: "Two", status: "waiting-patient", unreadCount: 2 }),
      threadOf({ id: "3", subject: "Three", status: "closed" }),
    ]);
    await openPortal("/riverside");
    expect(await screen.findByRole("link", { name: /One/ })).toHaveTextContent("Waiting for the care team");
    const replied = screen.getByRole("link", { name: /Two/ });
    expect(replied).toHaveTextContent("Your care team replied");
    expect(within(replied).getByText("2 new")).toBeVisible();
    expect(screen.getByRole("link", { name: /Three/ })).toHaveTextContent("Closed");
  });

  it("keeps filters in the address", async () => {
    signedIn([ana]);
    const asked = lists(() => [threadOf()]);
    const { user, history } = await openPortal("/riverside");
    await user.click(await screen.findByRole("button", { name: "Waiting" }));
    await user.selectOptions(screen.getByLabelText("Kind of message"), "Prescription refill");
    expect(history.location.href).toContain("show=waiting");
    expect(history.location.href).toContain("kind=prescription");
    await waitFor(() => expect(asked.at(-1)?.searchParams.get("category")).toBe("prescription"));
    expect(asked.at(-1)?.searchParams.get("status")).toBe("open,in-progress,waiting-provider");
  });

  it("loads more by the cursor it was given, each conversation once", async () => {
    signedIn([ana]);
    server.use(
      http.get(`${MESSAGES}/threads`, ({ request }) => {
        const second = new URL(request.url).searchParams.get("cursor") === "next";
        const threads = second ? [threadOf({ id: "1", subject: "One" }), threadOf({ id: "2", subject: "Two" })] : [threadOf({ id: "1", subject: "One" })];
        return HttpResponse.json({ threads, pagination: { limit: 20, nextCursor: second ? null : "next", hasMore: !second } });
      }),
    );
    const { user } = await openPortal("/riverside");
    await user.click(await screen.findByRole("button", { name: "Show more" }));
    expect(await screen.findByRole("link", { name: /Two/ })).toBeVisible();
    expect(screen.getAllByRole("link", { name: /One/ })).toHaveLength(1);
    expect(screen.queryByRole("button", { name: "Show more" })).toBeNull();
  });

  it("says what is safe and whom to call when it does not load", async () => {
    signedIn([ana]);
    let broken = true;
    server.use(
      http.get(`${MESSAGES}/threads`, () =>
        broken
          ? problemResponse(503, "dependency_unavailable")
          : HttpResponse.json({ threads: [threadOf()], pagination: { limit: 20, nextCursor: null, hasMore: false } }),
      ),
    );
    const { user } = await openPortal("/riverside");
    expect(await screen.findByRole("alert")).toHaveTextContent("Nothing is lost.");
    expect(screen.getByRole("alert")).toHaveTextContent("(555) 010-0142");
    broken = false;
    await user.click(screen.getByRole("button", { name: "Try again" }));
    expect(await screen.findByRole("link", { name: /Tretinoin/ })).toBeVisible();
  });

  it("shows a conversation that cannot be read as such", async () => {
    signedIn([ana]);
    lists(() => [threadOf({ subject: "", lastMessagePreview: "", integrity: "failed" })]);
    await openPortal("/riverside");
    expect(await screen.findByRole("link", { name: /We cannot show this subject/ })).toBeVisible();
  });
});
