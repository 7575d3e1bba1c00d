import "@testing-library/jest-dom/vitest";
import { cleanup, configure } from "@testing-library/react";
import { afterAll, afterEach, beforeAll } from "vitest";
import { server } from "./server";

// Lazy pages load while the test waits, on machines that do other work besides.
configure({ asyncUtilTimeout: 10_000 });

// Nothing is laid out here, so all of it is near the screen.
Reflect.deleteProperty(globalThis, "IntersectionObserver");

// What a page would do later ends with the page: it must not run into the next one, or into none.
const later = globalThis.setTimeout;
const waiting = new Set<ReturnType<typeof later>>();
globalThis.setTimeout = Object.assign((...call: Parameters<typeof later>) => {
  const timer = later(...call);
  waiting.add(timer);
  return timer;
}, later);

beforeAll(() => server.listen({ onUnhandledRequest: "error" }));
afterEach(() => {
  cleanup();
  server.resetHandlers();
});
afterAll(() => {
  server.close();
  waiting.forEach((timer) => clearTimeout(timer));
});
