import { createRoute, redirect } from "@tanstack/react-router";
import { frameRoute } from "./frame";

export const indexRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: "/",
  beforeLoad: () => {
    throw redirect({ to: "/inbox/$view", params: { view: "open" }, replace: true });
  },
});
