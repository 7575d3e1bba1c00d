const FIRST_MS = 1_000;
const LONGEST_MS = 30_000;

/**
 * Exponential backoff with full jitter: somewhere between at once and a window that doubles with each failure, so
 * that those who lost the same server do not all come back in the same moment.
 */
export function backoff(failures: number, random: () => number = Math.random): number {
  return random() * Math.min(LONGEST_MS, FIRST_MS * 2 ** failures);
}
