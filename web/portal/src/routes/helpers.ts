import { createRoute } from "@tanstack/react-router";
import { behindSignInRoute } from "./behindSignIn";
import { HelpersPage } from "./pages";

/** `/portal/{practice}/account/helpers`: who helps, and whom one helps. */
export const helpersRoute = createRoute({
  getParentRoute: () => behindSignInRoute,
  path: "account/helpers",
  component: HelpersPage,
});
