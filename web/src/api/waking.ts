/** What made now a good moment to look whether the connection still stands. */
export type Waking = "sight" | "network";

/** Tells when somebody comes back to the page, and when the network does. The answer ends it. */
export function watchWaking(onWaking: (why: Waking) => void): () => void {
  const watch = new AbortController();
  const options = { signal: watch.signal };
  document.addEventListener("visibilitychange", () => onWaking("sight"), options);
  // A page that comes out of the browser's own cache has slept with its connections.
  window.addEventListener("pageshow", () => onWaking("sight"), options);
  window.addEventListener("online", () => onWaking("network"), options);
  return () => watch.abort();
}
