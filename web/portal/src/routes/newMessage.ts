import { createRoute } from "@tanstack/react-router";
import { behindSignInRoute } from "./behindSignIn";
import { NewMessagePage } from "./pages";

/** `/portal/{practice}/new`: a new message. */
export const newMessageRoute = createRoute({
  getParentRoute: () => behindSignInRoute,
  path: "new",
  component: NewMessagePage,
});
