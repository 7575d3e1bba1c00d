import type { TFunction } from "i18next";

const MINUTE = 60;
/** Up to here seconds are counted; beyond, nobody does. */
const IN_SECONDS = 90;

/** Above here in tens: the words are read aloud whenever they change. */
const SINGLY = 10;

/** "40 seconds", "5 minutes": how long to wait, as a person would say it. */
export function waitText(t: TFunction, seconds: number): string {
  if (seconds > IN_SECONDS) return t("wait.minutes", { count: Math.ceil(seconds / MINUTE) });
  return t("wait.seconds", { count: seconds > SINGLY ? Math.ceil(seconds / SINGLY) * SINGLY : seconds });
}
