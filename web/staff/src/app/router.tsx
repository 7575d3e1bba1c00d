import { createRouter } from "@tanstack/react-router";
import { frameRoute } from "../routes/frame";
import { autoRepliesRoute } from "../routes/automatic-replies";
import { cannedRoute } from "../routes/canned-responses";
import { inboxIndexRoute, inboxRoute } from "../routes/inbox";
import { indexRoute } from "../routes/index";
import { moreRoute } from "../routes/more";
import { newThreadRoute } from "../routes/new";
import { Broken } from "../features/frame/Broken";
import { notificationsRoute } from "../routes/notifications";
import { rootRoute } from "../routes/root";
import { securityRoute } from "../routes/security";
import { settingsRoutes } from "../routes/settings";
import { threadRoute } from "../routes/thread";

export const routeTree = rootRoute.addChildren([
  frameRoute.addChildren([
    indexRoute,
    inboxRoute.addChildren([inboxIndexRoute, threadRoute]),
    newThreadRoute,
    cannedRoute,
    autoRepliesRoute,
    notificationsRoute,
    securityRoute,
    settingsRoutes,
    moreRoute,
  ]),
]);

/** A router over the browser's history. */
export function makeRouter() {
  return createRouter({ routeTree, defaultPreload: false, scrollRestoration: false, defaultErrorComponent: Broken });
}

declare module "@tanstack/react-router" {
  interface Register {
    router: ReturnType<typeof makeRouter>;
  }
}
