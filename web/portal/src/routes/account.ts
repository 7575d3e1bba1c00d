import { createRoute } from "@tanstack/react-router";
import { behindSignInRoute } from "./behindSignIn";
import { AccountPage } from "./pages";

/** `/portal/{practice}/account`: who one is here. */
export const accountRoute = createRoute({
  getParentRoute: () => behindSignInRoute,
  path: "account",
  component: AccountPage,
});
