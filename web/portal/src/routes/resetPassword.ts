import { createRoute } from "@tanstack/react-router";
import { takeLinkToken } from "../session/linkToken";
import { ResetPasswordPage } from "./pages";
import { practiceRoute } from "./practice";

/** `/portal/{practice}/reset-password`: a forgotten password. Public; the link's secret comes in the fragment. */
export const resetPasswordRoute = createRoute({
  getParentRoute: () => practiceRoute,
  path: "reset-password",
  beforeLoad: takeLinkToken,
  component: ResetPasswordPage,
});
