import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { frameRoute } from "./frame";

export const newThreadRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: "/new",
  component: lazyRouteComponent(() => import("../features/new-thread/NewThreadPage"), "NewThreadPage"),
});
