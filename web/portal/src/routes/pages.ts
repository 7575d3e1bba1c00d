import { lazy } from "react";

const load = {
  choose: () => import("./ChoosePage"),
  messages: () => import("./MessagesPage"),
  newMessage: () => import("./NewMessagePage"),
  conversation: () => import("./ConversationPage"),
  account: () => import("./AccountPage"),
  help: () => import("./HelpPage"),
};

// React's own lazy, not the router's: the router would fetch a page while its reader still signs in.
export const ChoosePage = lazy(load.choose);
export const MessagesPage = lazy(load.messages);
export const NewMessagePage = lazy(load.newMessage);
export const ConversationPage = lazy(load.conversation);
export const AccountPage = lazy(load.account);
export const HelpPage = lazy(load.help);

/** Fetches all other pages once the first one stands: a lost connection must not lose the way to them. */
export function fetchPagesAhead(): void {
  for (const page of Object.values(load)) void page().catch(() => undefined);
}
