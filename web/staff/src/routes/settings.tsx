import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { frameRoute } from "./frame";

export const settingsRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: "/settings",
  component: lazyRouteComponent(() => import("../features/settings/SettingsPage"), "SettingsPage"),
});
