import { createParser, type EventSourceMessage } from "eventsource-parser";

interface Readers {
  /** Called for every piece that arrives, heartbeats too. */
  onBytes: () => void;
  onMessage: (message: EventSourceMessage) => void;
}

/** Reads a `text/event-stream` to its end, however the network cut it: every message once, in order. */
export async function readEventStream(body: ReadableStream<Uint8Array>, { onBytes, onMessage }: Readers): Promise<void> {
  const parser = createParser({ onEvent: onMessage });
  // Characters may be cut too: the decoder keeps the half of one until the rest comes.
  const decoder = new TextDecoder();
  const reader = body.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      onBytes();
      parser.feed(decoder.decode(value, { stream: true }));
    }
  } finally {
    // Gives the connection back where reading stopped before the end; one that broke has nothing to give.
    await reader.cancel().catch(() => undefined);
  }
}
