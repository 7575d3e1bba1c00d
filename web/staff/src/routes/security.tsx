import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { frameRoute } from "./frame";

export const securityRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: "/security",
  component: lazyRouteComponent(() => import("../features/security/SecurityPage"), "SecurityPage"),
});
