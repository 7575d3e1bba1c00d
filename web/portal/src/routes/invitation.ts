import { createRoute } from "@tanstack/react-router";
import { takeLinkToken } from "../session/linkToken";
import { InvitationPage } from "./pages";
import { practiceRoute } from "./practice";

/** `/portal/{practice}/invitation`: an invitation. Public; the link's secret comes in the fragment. */
export const invitationRoute = createRoute({
  getParentRoute: () => practiceRoute,
  path: "invitation",
  beforeLoad: takeLinkToken,
  component: InvitationPage,
});
