import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { http } from "msw";
import { beforeAll, expect, it } from "vitest";
import { startI18n } from "@/i18n";
import { server } from "@/test/server";
import { problemResponse } from "@/test/typed";
import en from "../../words/first.en.json";
import { SignInForm } from "./SignInForm";

beforeAll(() => startI18n({ en, es: () => import("../../words/es") }));

async function attempt(answer: () => Response) {
  server.use(http.post("/api/auth/login", answer));
  const user = userEvent.setup();
  render(<SignInForm onDue={() => undefined} />);
  await user.type(screen.getByLabelText("Work e-mail"), "nurse@riverside.example");
  await user.type(screen.getByLabelText("Password"), "wrong");
  await user.click(screen.getByRole("button", { name: "Sign in" }));
  return user;
}

it("says the same whatever was wrong, empties the password and puts the focus there", async () => {
  await attempt(() => problemResponse(401, "invalid_credentials"));
  expect(await screen.findByRole("alert")).toHaveTextContent("That e-mail and password do not match. Check both and try again. Some practices let their staff sign in from certain networks only.");
  expect(screen.getByLabelText("Password")).toHaveValue("");
  expect(screen.getByLabelText("Password")).toHaveFocus();
  expect(screen.getByLabelText("Work e-mail")).toHaveValue("nurse@riverside.example");
});

it("says that a link to a longer password was mailed", async () => {
  await attempt(() => problemResponse(409, "password_too_short"));
  expect(await screen.findByRole("alert")).toHaveTextContent(/too short without a second step. We have sent a link to your e-mail/);
});

it("says how long to wait and refuses meanwhile", async () => {
  await attempt(() => problemResponse(429, "rate_limited", {}, { "retry-after": "30" }));
  expect(await screen.findByRole("alert")).toHaveTextContent(/Wait (30|29) seconds/);
  expect(screen.getByRole("button", { name: "Sign in" })).toHaveAttribute("aria-disabled", "true");
});

it("names each field that is missing, at the field", async () => {
  const user = userEvent.setup();
  render(<SignInForm onDue={() => undefined} />);
  await user.click(screen.getByRole("button", { name: "Sign in" }));
  expect(screen.getByLabelText("Work e-mail")).toHaveAccessibleDescription("Enter your work e-mail.");
  expect(screen.getByLabelText("Password")).toBeInvalid();
});
