import { http, HttpResponse } from "msw";
import type { PortalMessage, PortalThreadPage } from "@/api/types";
import { server } from "@/test/server";
import { problemResponse } from "@/test/typed";
import { pageOf, staffMessage, threadOf } from "./fixtures";
import { MESSAGES } from "./portal";

/** Messages m1 to m{count}, one a minute, all from the care team. */
export function manyMessages(count: number): PortalMessage[] {
  const start = Date.parse("2026-03-01T08:00:00.000Z");
  return Array.from({ length: count }, (_, at) =>
    staffMessage(`m${at + 1}`, `Text ${at + 1}`, { sentAt: new Date(start + at * 60_000).toISOString() }));
}

/** So few messages come at once, whatever was asked for: every message that is drawn takes its time. */
export const PAGE = 10;

/** A conversation that is given out part by part, as the server does. Cursors are places in it. */
export function longTalk(messages: () => PortalMessage[], change: Parameters<typeof threadOf>[0] = {}): URLSearchParams[] {
  const asked: URLSearchParams[] = [];
  const part = (from: number, to: number, limit: number): PortalThreadPage => {
    const all = messages();
    const start = Math.max(0, from);
    const end = Math.min(all.length, to);
    return {
      ...pageOf(threadOf({ messageCount: all.length, ...change }), all.slice(start, end)),
      pagination: {
        limit, hasMore: start > 0, nextCursor: start > 0 ? `before-${start}` : null,
        hasNewer: end < all.length, newerCursor: end < all.length ? `after-${end}` : null,
      },
    };
  };
  server.use(
    http.get(`${MESSAGES}/threads/thread-1`, ({ request }) => {
      const query = new URL(request.url).searchParams;
      asked.push(query);
      const limit = Math.min(Number(query.get("limit")), PAGE);
      const around = query.get("around");
      const [side, place] = (query.get("cursor") ?? "").split("-");
      const at = Number(place);
      const middle = messages().findIndex(({ id }) => id === around);
      if (around && middle < 0) return problemResponse(400, "invalid_cursor");
      if (around) return HttpResponse.json({ ...part(middle - limit / 2, middle + limit / 2, limit) });
      if (side === "before") return HttpResponse.json({ ...part(at - limit, at, limit) });
      if (side === "after") return HttpResponse.json({ ...part(at, at + limit, limit) });
      return HttpResponse.json({ ...part(messages().length - limit, messages().length, limit) });
    }),
    http.post(`${MESSAGES}/threads/thread-1/mark-read`, () => new HttpResponse(null, { status: 204 })),
  );
  return asked;
}
