import { http, HttpResponse } from "msw";

let out: ReadableStreamDefaultController<Uint8Array> | undefined;

const written = (event: string, data: object) => new TextEncoder().encode(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);

/** The server's live line, as a test holds it: it stands, resumed, until the page lets go of it. */
export const liveLine = {
  handler: http.get("/api/events", () => {
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => {
        out = controller;
        controller.enqueue(written("ready", { resumed: true }));
      },
    });
    return new HttpResponse(body, { headers: { "content-type": "text/event-stream" } });
  }),
  /** Tells the page of something. */
  say: (event: string, data: object) => out?.enqueue(written(event, data)),
};
