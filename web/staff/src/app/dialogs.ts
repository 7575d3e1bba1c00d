import type { SavedView, ViewFilter } from "@/api/types";
import { onSignOut } from "./session";
import { createStore } from "./store";

/** What may stand over the page, wherever one is. */
export type OpenDialog =
  | { kind: "keys" }
  | { kind: "emergency" }
  | { kind: "commands" }
  | { kind: "save-view"; filter: ViewFilter; name?: string }
  | { kind: "rename-view" | "remove-view"; view: SavedView }
  | { kind: "manage-views" };

const open = createStore<OpenDialog | null>(null);

onSignOut(() => open.set(null));

/** Opens a dialog; it takes the place of any other. */
export const openDialog = open.set;
export const closeDialog = () => open.set(null);
export const useDialog = open.use;
