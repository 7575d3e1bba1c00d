import { onForget } from "../../session/session";

/** What a conversation says once when it opens after a send. */
export type Arrival = "sent" | "continued";

let arrival: { threadId: string; what: Arrival } | null = null;
let lastOpened: string | null = null;
let lastSearch: string | null = null;

onForget(() => {
  arrival = null;
  lastOpened = null;
  lastSearch = null;
});

/** Leaves word for the conversation that opens next: in memory, so that no address carries it. */
export function announceArrival(threadId: string, what: Arrival): void {
  arrival = { threadId, what };
}

/** The word left for this conversation. */
export function arrivalIn(threadId: string): Arrival | null {
  return arrival?.threadId === threadId ? arrival.what : null;
}

/** Takes the word for this conversation away when the reader leaves it. */
export function arrivalSeen(threadId: string): void {
  if (arrival?.threadId === threadId) arrival = null;
}

/** Remembers what was searched, so that Back returns to what was found: in memory, so that no address carries it. */
export function keepSearch(words: string): void {
  lastSearch = words;
}

/** Whether the open conversation was found by a search. */
export function searchKept(): boolean {
  return lastSearch !== null;
}

/** The search to go back to. */
export function keptSearch(): string {
  return lastSearch ?? "";
}

/** The reader is back at the list: the next way there does not lead to an old search. */
export function searchTaken(): void {
  lastSearch = null;
}

/** Remembers the opened card, so that Back returns the focus to it. */
export function noteOpened(threadId: string): void {
  lastOpened = threadId;
}

/** The card to focus after Back. */
export function openedCard(): string | null {
  return lastOpened;
}

/** The reader is back: the card was focused. */
export function openedTaken(): void {
  lastOpened = null;
}
