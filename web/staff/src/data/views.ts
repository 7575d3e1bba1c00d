import {
  Archive, CircleCheck, CircleDashed, Clock, Inbox, MessageSquareReply, MessagesSquare, OctagonAlert, Star, Stethoscope, UserRound,
  UsersRound, type LucideIcon,
} from "lucide-react";
import type { InboxCounts, SavedView } from "@/api/types";
import type { ThreadFilter } from "./inbox";
import { isViewKey, listTerms, viewKey } from "./savedViews";

export const VIEWS = [
  "open", "mine", "team", "unassigned", "urgent", "starred", "needs-reply", "provider", "patient", "all", "closed", "archived",
] as const;
export type View = (typeof VIEWS)[number];

interface ViewFacts {
  icon: LucideIcon;
  filter: ThreadFilter;
  count?: Exclude<keyof InboxCounts, "unread">;
  /** The second key after `G`. */
  goto?: string;
}

/** What each view lists. */
export const viewFacts: Record<View, ViewFacts> = {
  open: { icon: Inbox, filter: { openOnly: true }, count: "open", goto: "i" },
  mine: { icon: UserRound, filter: { openOnly: true, assignedTo: "me" }, count: "mine", goto: "m" },
  team: { icon: UsersRound, filter: { openOnly: true, assignedTeam: "mine" }, count: "myTeams", goto: "t" },
  unassigned: { icon: CircleDashed, filter: { openOnly: true, assignedTo: "none" }, count: "unassigned", goto: "u" },
  urgent: { icon: OctagonAlert, filter: { openOnly: true, priority: "urgent" }, count: "urgent" },
  starred: { icon: Star, filter: { starred: true }, goto: "s" },
  "needs-reply": { icon: MessageSquareReply, filter: { status: "open,in-progress" }, count: "needsReply" },
  provider: { icon: Stethoscope, filter: { status: "waiting-provider" }, count: "waitingProvider" },
  patient: { icon: Clock, filter: { status: "waiting-patient" }, count: "waitingPatient" },
  // What the tile counts: every status, and nothing that is archived.
  all: { icon: MessagesSquare, filter: {}, goto: "a" },
  closed: { icon: CircleCheck, filter: { status: "closed" } },
  archived: { icon: Archive, filter: { archived: true } },
};

/** How the rail groups the views. */
export const viewGroups: { title?: "waiting"; views: View[] }[] = [
  { views: ["open", "mine", "team", "unassigned", "urgent", "starred"] },
  { title: "waiting", views: ["needs-reply", "provider", "patient"] },
  { views: ["all", "closed", "archived"] },
];

function isBuiltIn(text: string): text is View {
  return (VIEWS as readonly string[]).includes(text);
}

/** Whether a text names a view, built in or saved; addresses may hold anything. */
export function isView(text: string): boolean {
  return isBuiltIn(text) || isViewKey(text);
}

/** A view as the list shows it. */
export interface ListView {
  /** Its part of the address. */
  key: string;
  /** One of the product's own; its title is a word. */
  builtIn?: View;
  /** A saved one's name. */
  name?: string;
  filter: ThreadFilter;
  count?: ViewFacts["count"];
  /** What a saved search looks for. */
  search?: string;
}

/** The view that an address names; undefined while it is not among the saved ones. */
export function listView(key: string, saved: SavedView[]): ListView | undefined {
  if (isBuiltIn(key)) return { key, builtIn: key, ...viewFacts[key] };
  const found = saved.find((view) => viewKey(view) === key);
  return found && { key, name: found.name, filter: listTerms(found.filter), search: found.filter.search };
}
