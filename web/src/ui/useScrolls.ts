import { useEffect, useState, type RefObject } from "react";

/** Whether an element holds more than it shows: then those without a pointer must be able to reach it. */
export function useScrolls(ref: RefObject<HTMLElement | null>): boolean {
  const [scrolls, setScrolls] = useState(false);
  useEffect(() => {
    const element = ref.current;
    if (!element) return;
    const look = () => setScrolls(element.scrollHeight > element.clientHeight);
    look();
    const resize = new ResizeObserver(look);
    resize.observe(element);
    for (const child of element.children) resize.observe(child);
    return () => resize.disconnect();
  }, [ref]);
  return scrolls;
}
