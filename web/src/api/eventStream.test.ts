import { expect, it } from "vitest";
import { readEventStream } from "./eventStream";

/** A repeatable sequence of numbers below one. */
function sequence(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
    return state / 2 ** 32;
  };
}

interface Sent {
  id: string;
  event: string;
  data: string;
}

const events = (count: number): Sent[] =>
  Array.from({ length: count }, (_, at) => ({ id: `e${at}`, event: at % 3 ? "thread" : "presence", data: `{"fullName":"Zoë 李 🩺 ${at}"}` }));

/** The stream as servers may write it: any line end, heartbeats between, and with or without the blank. */
function written(sent: Sent[], random: () => number): Uint8Array {
  const end = ["\n", "\r\n", "\r"][Math.floor(random() * 3)] ?? "\n";
  const blank = random() < 0.5 ? " " : "";
  const text = sent.map(({ id, event, data }) =>
    `${random() < 0.3 ? `:${end}${end}` : ""}id:${blank}${id}${end}event:${blank}${event}${end}data:${blank}${data}${end}${end}`);
  // A heartbeat ends it, as a lone "\r" at the very end may still be half of a line end.
  return new TextEncoder().encode(`${text.join("")}:${end}${end}`);
}

function cut(bytes: Uint8Array, random: () => number): ReadableStream<Uint8Array> {
  const longest = 1 + Math.floor(random() * 60);
  let at = 0;
  return new ReadableStream({
    pull(controller) {
      const next = Math.min(bytes.length, at + 1 + Math.floor(random() * longest));
      controller.enqueue(bytes.slice(at, next));
      at = next;
      if (at === bytes.length) controller.close();
    },
  });
}

it("reads every event once and in order, wherever the bytes are cut", async () => {
  for (let seed = 1; seed <= 150; seed += 1) {
    const random = sequence(seed);
    const sent = events(1 + Math.floor(random() * 40));
    const read: Sent[] = [];
    let pieces = 0;
    await readEventStream(cut(written(sent, random), random), {
      onBytes: () => (pieces += 1),
      onMessage: ({ id = "", event = "", data }) => read.push({ id, event, data }),
    });
    expect(read, `seed ${seed}`).toEqual(sent);
    expect(pieces).toBeGreaterThan(0);
  }
});

it("keeps an event to itself that the line broke in", async () => {
  const read: string[] = [];
  const half = new TextEncoder().encode('id: 1\nevent: thread\ndata: {"a":1}\n\nid: 2\nevent: thread\ndata: {"a"');
  await readEventStream(cut(half, sequence(7)), { onBytes: () => undefined, onMessage: ({ id }) => read.push(id ?? "") });
  expect(read).toEqual(["1"]);
});
