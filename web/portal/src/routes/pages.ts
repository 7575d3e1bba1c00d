import { lazy } from "react";

const load = {
  choose: () => import("./ChoosePage"),
  messages: () => import("./MessagesPage"),
  newMessage: () => import("./NewMessagePage"),
  conversation: () => import("./ConversationPage"),
  account: () => import("./AccountPage"),
  help: () => import("./HelpPage"),
  security: () => import("./SecurityPage"),
  helpers: () => import("./HelpersPage"),
};
/** Pages for somebody who is not signed in: nobody else has a use for them. */
const loadDoor = {
  activate: () => import("./ActivatePage"),
  invitation: () => import("./InvitationPage"),
  resetPassword: () => import("./ResetPasswordPage"),
  confirmEmail: () => import("./ConfirmEmailPage"),
};

// React's own lazy, not the router's: the router would fetch a page while its reader still signs in.
export const ChoosePage = lazy(load.choose);
export const MessagesPage = lazy(load.messages);
export const NewMessagePage = lazy(load.newMessage);
export const ConversationPage = lazy(load.conversation);
export const AccountPage = lazy(load.account);
export const HelpPage = lazy(load.help);
export const SecurityPage = lazy(load.security);
export const HelpersPage = lazy(load.helpers);
export const ActivatePage = lazy(loadDoor.activate);
export const InvitationPage = lazy(loadDoor.invitation);
export const ResetPasswordPage = lazy(loadDoor.resetPassword);
export const ConfirmEmailPage = lazy(loadDoor.confirmEmail);

/** Fetches all other pages once the first one stands: a lost connection must not lose the way to them. */
export function fetchPagesAhead(): void {
  for (const page of Object.values(load)) void page().catch(() => undefined);
}
