import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { frameRoute } from "./frame";

export const notificationsRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: "/notifications",
  component: lazyRouteComponent(() => import("../features/notifications/NotificationsPage"), "NotificationsPage"),
});
