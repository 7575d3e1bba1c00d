import { createRouter, type RouterHistory } from "@tanstack/react-router";
import { forgetVisit } from "@/theme/preferences";
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
import { isIn } from "./session/session";

const pages = behindSignInRoute.addChildren([
  messagesRoute, newMessageRoute, conversationRoute, accountRoute, securityRoute, helpersRoute,
]);
const doors = [activateRoute, invitationRoute, resetPasswordRoute, confirmEmailRoute];
const routeTree = rootRoute.addChildren([chooseRoute, practiceRoute.addChildren([pages, helpRoute, ...doors])]);

/** The portal's pages below `/portal`. */
export function createPortalRouter(history?: RouterHistory) {
  const router = createRouter({ routeTree, basepath: "/portal", history, scrollRestoration: true, defaultPreload: false });
  // As a page goes the router writes down how far each address was scrolled: of somebody who has left nothing stays.
  window.addEventListener("pagehide", () => {
    if (!isIn()) forgetVisit();
  });
  return router;
}

declare module "@tanstack/react-router" {
  interface Register {
    router: ReturnType<typeof createPortalRouter>;
  }
}
