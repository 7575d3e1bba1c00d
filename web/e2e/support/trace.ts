import type { Browser, Page } from "playwright-core";

interface TraceEvent {
  name: string;
  ph: string;
  ts: number;
  dur?: number;
  /** Of `dur`, the time in which the thread had a processor. */
  tdur?: number;
  pid: number;
  tid: number;
  args?: { name?: string; data?: { type?: string } };
}

/** What a stretch of work looked like to the person in front of it. */
export interface Smoothness {
  /** The work of the longest tasks of the page's main thread, longest first, in milliseconds of processor time. */
  longestMs: number[];
  /** The same by the clock on the wall, with what the machine did for others in between. */
  longestWallMs: number[];
  tasks: number;
}

const CATEGORIES = ["toplevel", "devtools.timeline", "disabled-by-default-devtools.timeline", "__metadata"];

/** The page's own main thread: the one that ran the most of the page's scripts. */
function mainThread(events: TraceEvent[]): string | undefined {
  const named = new Set(events.filter(({ name, args }) => name === "thread_name" && args?.name === "CrRendererMain").map(({ pid, tid }) => `${pid} ${tid}`));
  const calls = new Map<string, number>();
  for (const { name, pid, tid } of events)
    if (name === "FunctionCall" && named.has(`${pid} ${tid}`)) calls.set(`${pid} ${tid}`, (calls.get(`${pid} ${tid}`) ?? 0) + 1);
  return [...calls].sort((a, b) => b[1] - a[1])[0]?.[0];
}

/** Records what Chromium's main thread did while `work` went on. */
export async function traced(browser: Browser, page: Page, work: () => Promise<void>): Promise<Smoothness> {
  await browser.startTracing(page, { categories: CATEGORIES });
  await work();
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString()) as { traceEvents: TraceEvent[] };
  const thread = mainThread(traceEvents);
  const tasks = traceEvents.filter(
    ({ name, ph, pid, tid }) => ph === "X" && `${pid} ${tid}` === thread && (name === "RunTask" || name === "ThreadControllerImpl::RunTask"),
  );
  const longest = (lengths: number[]) => lengths.map((length) => length / 1000).sort((a, b) => b - a).slice(0, 5);
  return {
    longestMs: longest(tasks.map(({ dur = 0, tdur = dur }) => tdur)),
    longestWallMs: longest(tasks.map(({ dur = 0 }) => dur)),
    tasks: tasks.length,
  };
}
