import { createRoute, notFound } from "@tanstack/react-router";
import { isView } from "../data/views";
import { parseInboxSearch } from "../features/inbox/filters";
import { NothingChosen } from "../features/inbox/NothingChosen";
import { frameRoute } from "./frame";
import { InboxPage } from "./InboxPage";

export const inboxRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: "/inbox/$view",
  validateSearch: parseInboxSearch,
  beforeLoad: ({ params }) => {
    if (!isView(params.view)) throw notFound();
  },
  component: InboxPage,
});

export const inboxIndexRoute = createRoute({ getParentRoute: () => inboxRoute, path: "/", component: NothingChosen });
