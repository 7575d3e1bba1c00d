import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { frameRoute } from "./frame";

export const cannedRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: "/canned-responses",
  component: lazyRouteComponent(() => import("../features/canned/CannedPage"), "CannedPage"),
});
