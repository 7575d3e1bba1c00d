import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { frameRoute } from "./frame";

export const autoRepliesRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: "/automatic-replies",
  component: lazyRouteComponent(() => import("../features/auto-replies/AutoRepliesPage"), "AutoRepliesPage"),
});
