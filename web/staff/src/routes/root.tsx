import { createRootRoute, lazyRouteComponent } from "@tanstack/react-router";

export const rootRoute = createRootRoute({
  notFoundComponent: lazyRouteComponent(() => import("../features/frame/NotFound"), "NotFound"),
});
