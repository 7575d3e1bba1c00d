/** What happened on a page before the sign-in page; its words come with that page. */
export type HandoverNews = "opened" | "accepted" | "password" | "email";

/** What another page hands to the sign-in page. */
export interface Handover {
  email?: string;
  news?: HandoverNews;
}

let current: Handover = {};

/** Hands something to the sign-in page. **Invariant:** in this page's memory alone, never in an address. */
export function handOver(next: Handover): void {
  current = next;
}

/** What was handed over, until it was taken. */
export function handedOver(): Handover {
  return current;
}

/** Nobody else finds it. */
export function handoverTaken(): void {
  current = {};
}
