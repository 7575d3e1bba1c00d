import { createRoute, lazyRouteComponent, notFound } from "@tanstack/react-router";
import { isView } from "../data/views";
import { parseInboxSearch } from "../features/inbox/filters";
import { frameRoute } from "./frame";

export const inboxRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: "/inbox/$view",
  validateSearch: parseInboxSearch,
  beforeLoad: ({ params }) => {
    if (!isView(params.view)) throw notFound();
  },
  component: lazyRouteComponent(() => import("./InboxPage"), "InboxPage"),
});

export const inboxIndexRoute = createRoute({
  getParentRoute: () => inboxRoute,
  path: "/",
  component: lazyRouteComponent(() => import("../features/inbox/NothingChosen"), "NothingChosen"),
});
