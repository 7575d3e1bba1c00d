import { useEffect, useRef } from "react";
import { useHotkey } from "../../app/hotkeys";
import type { Stretch } from "./useSteadyList";

/**
 * `J` and `K`: the next conversation and the one before. One that was closed or given away has left the list; the
 * way goes on from where it stood.
 */
export function useWalk({ threads, before }: Stretch, currentId: string | undefined, onOpen: (id: string) => void): void {
  const at = threads.findIndex(({ id }) => id === currentId);
  const last = useRef({ id: currentId, row: -1 });
  useEffect(() => {
    if (at >= 0) last.current = { id: currentId, row: before + at };
  }, [at, before, currentId]);
  const step = (by: 1 | -1) => {
    const { id, row } = last.current;
    const hasLeft = at < 0 && id === currentId && row >= before;
    // What followed has moved up to where it stood.
    const next = hasLeft ? row - before + (by === 1 ? 0 : -1) : at < 0 ? 0 : at + by;
    const thread = threads[next];
    if (thread) onOpen(thread.id);
  };
  useHotkey("j", () => step(1));
  useHotkey("k", () => step(-1));
}
