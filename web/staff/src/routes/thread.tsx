import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { messageIdOf } from "../features/inbox/filters";
import { inboxRoute } from "./inbox";

export const threadRoute = createRoute({
  getParentRoute: () => inboxRoute,
  path: "/$threadId",
  validateSearch: (raw: Record<string, unknown>): { message?: string } => ({ message: messageIdOf(raw.message) }),
  component: lazyRouteComponent(() => import("./ThreadPage"), "ThreadPage"),
});
