import {
  Archive, CircleCheck, CircleDashed, Clock, Inbox, MessageSquareReply, OctagonAlert, Stethoscope, UserRound,
  UsersRound, type LucideIcon,
} from "lucide-react";
import type { InboxCounts } from "@/api/types";
import type { ThreadFilter } from "./inbox";

export const VIEWS = [
  "open", "mine", "team", "unassigned", "urgent", "needs-reply", "provider", "patient", "closed", "archived",
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
  "needs-reply": { icon: MessageSquareReply, filter: { status: "open,in-progress" }, count: "needsReply" },
  provider: { icon: Stethoscope, filter: { status: "waiting-provider" }, count: "waitingProvider" },
  patient: { icon: Clock, filter: { status: "waiting-patient" }, count: "waitingPatient" },
  closed: { icon: CircleCheck, filter: { status: "closed" } },
  archived: { icon: Archive, filter: { archived: true } },
};

/** How the rail groups the views. */
export const viewGroups: { title?: "waiting"; views: View[] }[] = [
  { views: ["open", "mine", "team", "unassigned", "urgent"] },
  { title: "waiting", views: ["needs-reply", "provider", "patient"] },
  { views: ["closed", "archived"] },
];

/** Whether a text names a view; addresses may hold anything. */
export function isView(text: string): text is View {
  return (VIEWS as readonly string[]).includes(text);
}
