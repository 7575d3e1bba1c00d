import { createRouter, type RouterHistory } from "@tanstack/react-router";
import { accountRoute } from "./routes/account";
import { behindSignInRoute } from "./routes/behindSignIn";
import { chooseRoute } from "./routes/choose";
import { conversationRoute } from "./routes/conversation";
import { helpRoute } from "./routes/help";
import { messagesRoute } from "./routes/messages";
import { newMessageRoute } from "./routes/newMessage";
import { practiceRoute } from "./routes/practice";
import { rootRoute } from "./routes/root";

const pages = behindSignInRoute.addChildren([messagesRoute, newMessageRoute, conversationRoute, accountRoute]);
const routeTree = rootRoute.addChildren([chooseRoute, practiceRoute.addChildren([pages, helpRoute])]);

/** The portal's pages below `/portal`. */
export function createPortalRouter(history?: RouterHistory) {
  return createRouter({ routeTree, basepath: "/portal", history, scrollRestoration: true, defaultPreload: false });
}

declare module "@tanstack/react-router" {
  interface Register {
    router: ReturnType<typeof createPortalRouter>;
  }
}
