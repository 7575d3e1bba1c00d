import { setPreference, usePreferences, type Preferences } from "@/theme/preferences";

/** What the button for the rows' density leads to, in turn. */
const NEXT = { comfortable: "compact", compact: "table", table: "comfortable" } as const satisfies Record<
  Preferences["density"],
  Preferences["density"]
>;

/** The next density, and the act that takes it. */
export function useNextDensity() {
  const next = NEXT[usePreferences().density];
  return { next, take: () => setPreference("density", next) };
}
