import { createRoute } from "@tanstack/react-router";
import { takeLinkToken } from "../session/linkToken";
import { ConfirmEmailPage } from "./pages";
import { practiceRoute } from "./practice";

/** `/portal/{practice}/confirm-email`: a new e-mail. Public; the link's secret comes in the fragment. */
export const confirmEmailRoute = createRoute({
  getParentRoute: () => practiceRoute,
  path: "confirm-email",
  beforeLoad: takeLinkToken,
  component: ConfirmEmailPage,
});
