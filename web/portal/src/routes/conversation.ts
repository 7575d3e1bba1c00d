import { createRoute } from "@tanstack/react-router";
import { behindSignInRoute } from "./behindSignIn";
import { ConversationPage } from "./pages";

/** `/portal/{practice}/messages/{threadId}`: one conversation. */
export const conversationRoute = createRoute({
  getParentRoute: () => behindSignInRoute,
  path: "messages/$threadId",
  component: ConversationPage,
});
