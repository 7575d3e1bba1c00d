/** When a person last touched this app, in any of its tabs. The clock of the idle warning. */
let lastInput = Date.now();
const channel = typeof BroadcastChannel === "undefined" ? null : new BroadcastChannel("threadwell.staff.activity");
const EVENTS = ["pointerdown", "keydown", "wheel", "touchstart"] as const;
/** A call this soon after a person's act counts as caused by it. */
const CAUSED_WITHIN_MS = 2_000;
let announced = 0;

function note(): void {
  lastInput = Date.now();
  // Other tabs need to know that somebody is here, not of every key.
  if (lastInput - announced < 5_000) return;
  announced = lastInput;
  channel?.postMessage(null);
}

for (const event of EVENTS) window.addEventListener(event, note, { capture: true, passive: true });
channel?.addEventListener("message", () => {
  lastInput = Date.now();
});

/** Milliseconds since a person last acted. */
export function idleFor(now = Date.now()): number {
  return now - lastInput;
}

/** Counts as an act: signing in, or choosing to stay. */
export function touch(): void {
  note();
}

/** Whether a call made now answers to a person's act rather than to a timer. */
export function causedByPerson(): boolean {
  return idleFor() < CAUSED_WITHIN_MS;
}
