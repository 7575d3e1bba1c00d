import type { Category, Priority, Status } from "@/api/types";
import { CATEGORIES, PRIORITIES, STATUSES } from "@/domain/words";
import type { ThreadFilter } from "../../data/inbox";

/** What the address carries besides the view: enumerations and ids, never text that somebody typed. */
export interface InboxSearch {
  read?: "unread" | "read";
  category?: Category;
  status?: Status;
  priority?: Priority;
  /** `me`, `none`, a colleague's id, or a team as `teamChoice` writes it. */
  assignee?: string;
}

const oneOf = <T extends string>(values: readonly T[], value: unknown): T | undefined =>
  values.find((candidate) => candidate === value);

const TEAM = "team-";

/** A team among those whom a conversation can be with: its id, or `mine` for any of one's own. */
export const teamChoice = (id: string) => TEAM + id;

const ID = /^(me|none|team-mine|(team-)?[0-9a-f-]{36})$/i;
const idOf = (value: unknown) => (typeof value === "string" && ID.test(value) ? value : undefined);

/** The message at which a conversation opens. */
export const messageIdOf = (value: unknown) => (typeof value === "string" && /^[0-9a-f-]{36}$/i.test(value) ? value : undefined);

/** Reads an address; whatever it does not know falls away. */
export function parseInboxSearch(raw: Record<string, unknown>): InboxSearch {
  return {
    read: oneOf(["unread", "read"] as const, raw.read),
    category: oneOf(CATEGORIES, raw.category),
    status: oneOf(STATUSES, raw.status),
    priority: oneOf(PRIORITIES, raw.priority),
    assignee: idOf(raw.assignee),
  };
}

/** A person or a team: the list asks for one or the other. */
function assigneeTerms(assignee: string | undefined): Pick<ThreadFilter, "assignedTo" | "assignedTeam"> {
  return assignee?.startsWith(TEAM) ? { assignedTeam: assignee.slice(TEAM.length) } : { assignedTo: assignee };
}

/** The list's filter: the view's own terms win over the chosen ones. */
export function listFilter(own: ThreadFilter, search: InboxSearch): ThreadFilter {
  const terms = Object.fromEntries(Object.entries(own).filter(([, term]) => term !== undefined));
  return {
    category: search.category,
    status: search.status,
    priority: search.priority,
    // A team and a person exclude each other.
    ...(own.assignedTeam || own.assignedTo ? {} : assigneeTerms(search.assignee)),
    unreadOnly: search.read === "unread" || undefined,
    readOnly: search.read === "read" || undefined,
    ...terms,
    ...(search.status && own.openOnly ? { openOnly: undefined } : {}),
  };
}

/** Which choices a view leaves open: one that it fixes itself is not offered. */
export function openFilters(own: ThreadFilter): ("category" | "status" | "priority" | "assignee")[] {
  const { category, status, priority, assignedTo, assignedTeam } = own;
  return (["category", "status", "priority", "assignee"] as const).filter(
    (name) =>
      !(name === "category" && category) && !(name === "status" && status) && !(name === "priority" && priority) &&
      !(name === "assignee" && (assignedTo || assignedTeam)),
  );
}
