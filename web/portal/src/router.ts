import { createRouter, type RouterHistory } from "@tanstack/react-router";
import { accountRoute } from "./routes/account";
import { activateRoute } from "./routes/activate";
import { behindSignInRoute } from "./routes/behindSignIn";
import { chooseRoute } from "./routes/choose";
import { confirmEmailRoute } from "./routes/confirmEmail";
import { conversationRoute } from "./routes/conversation";
import { helpRoute } from "./routes/help";
import { helpersRoute } from "./routes/helpers";
import { invitationRoute } from "./routes/invitation";
import { messagesRoute } from "./routes/messages";
import { newMessageRoute } from "./routes/newMessage";
import { practiceRoute } from "./routes/practice";
import { resetPasswordRoute } from "./routes/resetPassword";
import { rootRoute } from "./routes/root";
import { securityRoute } from "./routes/security";

const pages = behindSignInRoute.addChildren([
  messagesRoute, newMessageRoute, conversationRoute, accountRoute, securityRoute, helpersRoute,
]);
const doors = [activateRoute, invitationRoute, resetPasswordRoute, confirmEmailRoute];
const routeTree = rootRoute.addChildren([chooseRoute, practiceRoute.addChildren([pages, helpRoute, ...doors])]);

/** The portal's pages below `/portal`. */
export function createPortalRouter(history?: RouterHistory) {
  return createRouter({ routeTree, basepath: "/portal", history, scrollRestoration: true, defaultPreload: false });
}

declare module "@tanstack/react-router" {
  interface Register {
    router: ReturnType<typeof createPortalRouter>;
  }
}
