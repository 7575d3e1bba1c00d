import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { inboxRoute } from "./inbox";

export const threadRoute = createRoute({
  getParentRoute: () => inboxRoute,
  path: "/$threadId",
  component: lazyRouteComponent(() => import("./ThreadPage"), "ThreadPage"),
});
