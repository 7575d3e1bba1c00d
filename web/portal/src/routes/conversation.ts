import { createRoute } from "@tanstack/react-router";
import { behindSignInRoute } from "./behindSignIn";
import { ConversationPage } from "./pages";

const ID = /^[\w-]{1,64}$/;

/** The message to open at; anything that is no id is left out. */
function placeFrom({ message }: Record<string, unknown>): { message?: string } {
  return { message: typeof message === "string" && ID.test(message) ? message : undefined };
}

/** `/portal/{practice}/messages/{threadId}`: one conversation, at one of its messages when a search led there. */
export const conversationRoute = createRoute({
  getParentRoute: () => behindSignInRoute,
  path: "messages/$threadId",
  validateSearch: placeFrom,
  component: ConversationPage,
});
