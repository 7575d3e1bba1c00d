import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { frameRoute } from "./frame";

export const moreRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: "/more",
  component: lazyRouteComponent(() => import("../features/frame/MorePage"), "MorePage"),
});
