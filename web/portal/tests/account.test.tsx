import { screen, waitFor } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { describe, expect, it } from "vitest";
import { server } from "@/test/server";
import { noContent, problemResponse } from "@/test/typed";
import { ana, sofia } from "./fixtures";
import { AUTH, openPortal, signedIn } from "./portal";

/** An account on its page, and what it saved. */
function account(save: () => Response = noContent, patients = [ana]) {
  const saved: unknown[] = [];
  signedIn(patients);
  server.use(
    http.get(`${AUTH}/preferences`, () => HttpResponse.json({ mailEnabled: true, language: "en" })),
    http.put(`${AUTH}/preferences`, async ({ request }) => {
      saved.push(await request.json());
      return save();
    }),
  );
  return saved;
}

const open = () => openPortal("/riverside/account");

describe("the e-mail", () => {
  async function change(user: Awaited<ReturnType<typeof open>>["user"]) {
    await user.click(await screen.findByRole("button", { name: "Change e-mail" }));
    await user.type(screen.getByLabelText("New e-mail"), "new@example.org");
    await user.type(screen.getByLabelText("Your password now"), "right");
    await user.click(screen.getByRole("button", { name: "Send the link" }));
  }

  it("changes by a link to the new one, and stays until then", async () => {
    account();
    const asked: unknown[] = [];
    server.use(http.post(`${AUTH}/email`, async ({ request }) => {
      asked.push(await request.json());
      return new HttpResponse(null, { status: 202 });
    }));
    const { user } = await open();
    await change(user);
    expect(await screen.findByText("We sent a link to new@example.org.")).toBeVisible();
    expect(screen.getByText("carla.mendes@example.org")).toBeVisible();
    expect(asked).toEqual([{ email: "new@example.org", password: "right" }]);
  });

  it("stays when the password is wrong, and the session too", async () => {
    account();
    server.use(http.post(`${AUTH}/email`, () => problemResponse(401, "invalid_credentials")));
    const { user } = await open();
    await change(user);
    await waitFor(() => expect(screen.getByLabelText("Your password now")).toHaveAccessibleDescription(/This is not your password/));
    expect(screen.getByLabelText("New e-mail")).toHaveValue("new@example.org");
  });
});

describe("mails", () => {
  it("can be switched off, and come in the language that was chosen", async () => {
    const saved = account();
    const { user } = await open();
    await user.click(await screen.findByRole("checkbox", { name: /Tell me by e-mail/ }));
    await waitFor(() => expect(saved).toHaveLength(1));
    const spanish = () => screen.getAllByRole("button", { name: "Español", pressed: false });
    await user.click(spanish().find((button) => button.closest("[aria-labelledby=mail-language]")) as HTMLElement);
    await waitFor(() => expect(saved).toEqual([{ mailEnabled: false, language: "en" }, { mailEnabled: false, language: "es" }]));
    expect(document.documentElement.lang).toBe("en");
  });

  it("show what the server has when a change was lost", async () => {
    account(() => problemResponse(503, "dependency_unavailable"));
    const { user } = await open();
    await user.click(await screen.findByRole("checkbox", { name: /Tell me by e-mail/ }));
    expect(await screen.findByRole("alert")).toHaveTextContent("This did not work.");
    expect(screen.getByRole("checkbox", { name: /Tell me by e-mail/ })).toBeChecked();
  });
});

it("leads a patient to their devices and helpers", async () => {
  account();
  await open();
  expect(await screen.findByRole("link", { name: /Sign-in and devices/ })).toHaveAttribute("href", "/portal/riverside/account/security");
  expect(screen.getByRole("link", { name: /Who can help you/ })).toHaveAttribute("href", "/portal/riverside/account/helpers");
});

it("leads somebody who is no patient to whom they help", async () => {
  account(noContent, [sofia]);
  await open();
  expect(await screen.findByRole("link", { name: /Whom you help/ })).toHaveAttribute("href", "/portal/riverside/account/helpers");
  expect(screen.queryByRole("link", { name: /Who can help you/ })).toBeNull();
});
