import { createRoute } from "@tanstack/react-router";
import { behindSignInRoute } from "./behindSignIn";
import { SecurityPage } from "./pages";

/** `/portal/{practice}/account/security`: how one signs in, and where one is signed in. */
export const securityRoute = createRoute({
  getParentRoute: () => behindSignInRoute,
  path: "account/security",
  component: SecurityPage,
});
