/** What tabs of one browser tell each other. **Invariant:** kinds and times alone, nothing of a person. */
export type TabNews = { kind: "activity"; at: number } | { kind: "session-changed" } | { kind: "signed-out" };

const channel = "BroadcastChannel" in globalThis ? new BroadcastChannel("threadwell-portal") : null;

/** Tells the browser's other tabs. */
export function tellTabs(news: TabNews): void {
  channel?.postMessage(news);
}

/** Hears what other tabs tell; returns the way to stop. */
export function onTabNews(listener: (news: TabNews) => void): () => void {
  const hear = (event: MessageEvent<TabNews>) => listener(event.data);
  channel?.addEventListener("message", hear);
  return () => channel?.removeEventListener("message", hear);
}
