import { createRoute } from "@tanstack/react-router";
import { filterFrom } from "../features/threads/filters";
import { behindSignInRoute } from "./behindSignIn";
import { MessagesPage } from "./pages";

/** `/portal/{practice}`: the list of conversations. The address carries filters, never words. */
export const messagesRoute = createRoute({
  getParentRoute: () => behindSignInRoute,
  path: "/",
  validateSearch: filterFrom,
  component: MessagesPage,
});
