import type { Page } from "playwright-core";

/** How an app looks, which is nobody's, and the secret by which a device is known again at the door: they stay. */
const STAYS = /^(threadwell\.(theme|density|language|shortcuts)|__Host-tw_(staff|portal)_device)$/;

/** Whatever else a browser keeps of an app, by place and name: after signing out there is none of it. */
export async function keptBy(page: Page): Promise<string[]> {
  const found = await page.evaluate(async () => ({
    localStorage: Object.keys(localStorage), sessionStorage: Object.keys(sessionStorage), caches: await caches.keys(),
    databases: (await indexedDB.databases()).map(({ name }) => name ?? ""), workers: (await navigator.serviceWorker.getRegistrations()).map(({ scope }) => scope),
  }));
  const cookies = (await page.context().cookies()).map(({ name }) => name);
  return Object.entries({ ...found, cookies }).flatMap(([place, names]) => names.filter((name) => !STAYS.test(name)).map((name) => `${place}: ${name}`));
}
