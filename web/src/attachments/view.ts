import { useCallback, useRef, useState, type PointerEvent } from "react";

/** How a picture is looked at: enlarged so much, with this point of the frame in its middle (0 to 1). */
export interface View {
  zoom: number;
  x: number;
  y: number;
}

export const WHOLE: View = { zoom: 1, x: 0.5, y: 0.5 };
const MOST = 8;
const STEP = 1.5;
const MOVE = 0.15;

const between = (value: number, least: number, most: number) => Math.min(Math.max(value, least), most);

/** Keeps the enlarged picture over its frame. */
export function settle({ zoom, x, y }: View): View {
  const within = between(zoom, 1, MOST);
  const margin = 0.5 / within;
  return { zoom: within, x: between(x, margin, 1 - margin), y: between(y, margin, 1 - margin) };
}

/** Enlarges so that the point under the fingers stays there. `at` is from -0.5 to 0.5, from the frame's middle. */
export function zoomAt(view: View, factor: number, at: { x: number; y: number } = { x: 0, y: 0 }): View {
  const zoom = between(view.zoom * factor, 1, MOST);
  const kept = 1 / view.zoom - 1 / zoom;
  return settle({ zoom, x: view.x + at.x * kept, y: view.y + at.y * kept });
}

/** Moves by parts of the frame. */
export function moveBy(view: View, dx: number, dy: number): View {
  return settle({ ...view, x: view.x + dx / view.zoom, y: view.y + dy / view.zoom });
}

/** What a key does to the view; undefined when it is none of the view's keys. */
export function viewAfterKey(key: string, view: View): View | undefined {
  switch (key) {
    case "+":
    case "=":
      return zoomAt(view, STEP);
    case "-":
    case "_":
      return zoomAt(view, 1 / STEP);
    case "0":
      return WHOLE;
    case "ArrowLeft":
      return view.zoom > 1 ? moveBy(view, -MOVE, 0) : undefined;
    case "ArrowRight":
      return view.zoom > 1 ? moveBy(view, MOVE, 0) : undefined;
    case "ArrowUp":
      return moveBy(view, 0, -MOVE);
    case "ArrowDown":
      return moveBy(view, 0, MOVE);
    default:
      return undefined;
  }
}

type Change = (change: (view: View) => View) => void;
interface Finger { x: number; y: number }
interface Pointed { clientX: number; clientY: number }

/** From -0.5 to 0.5, from the frame's middle. */
function placeIn(element: Element, { clientX, clientY }: Pointed): Finger {
  const frame = element.getBoundingClientRect();
  return { x: (clientX - frame.left) / (frame.width || 1) - 0.5, y: (clientY - frame.top) / (frame.height || 1) - 0.5 };
}

/**
 * Wheel, drag and pinch on a frame. A press without a drag on an enlarged picture brings that point to the middle,
 * so that nobody has to drag; a double press enlarges there.
 */
export function useGestures(view: View, change: Change) {
  const fingers = useRef(new Map<number, Finger>());
  const moved = useRef(false);
  const [dragging, setDragging] = useState(false);

  const place = (event: Pointed & { currentTarget: Element }) => placeIn(event.currentTarget, event);
  const onPointerMove = (event: PointerEvent) => {
    const before = fingers.current.get(event.pointerId);
    if (!before) return;
    const now = place(event);
    const others = [...fingers.current].filter(([id]) => id !== event.pointerId).map(([, finger]) => finger);
    fingers.current.set(event.pointerId, now);
    if (Math.abs(now.x - before.x) + Math.abs(now.y - before.y) > 0.002) moved.current = true;
    const other = others[0];
    if (!other) return change((old) => moveBy(old, before.x - now.x, before.y - now.y));
    const apart = (finger: Finger) => Math.hypot(finger.x - other.x, finger.y - other.y) || 0.001;
    const middle = { x: (now.x + other.x) / 2, y: (now.y + other.y) / 2 };
    change((old) => moveBy(zoomAt(old, apart(now) / apart(before), middle), (before.x - now.x) / 2, (before.y - now.y) / 2));
  };
  const end = (event: PointerEvent) => {
    const here = place(event);
    const alone = fingers.current.size === 1 && fingers.current.has(event.pointerId);
    fingers.current.delete(event.pointerId);
    setDragging(fingers.current.size > 0);
    if (alone && !moved.current && event.type === "pointerup" && view.zoom > 1) change((old) => moveBy(old, here.x, here.y));
  };
  // React's own wheel events come too late to keep the browser from enlarging the page under two fingers.
  const frame = useCallback((element: HTMLElement | null) => {
    if (!element) return;
    const turn = (event: WheelEvent) => {
      event.preventDefault();
      const at = placeIn(element, event);
      const pace = event.ctrlKey ? 0.01 : event.deltaMode === 1 ? 0.05 : 0.002;
      change((old) => zoomAt(old, Math.exp(-event.deltaY * pace), at));
    };
    element.addEventListener("wheel", turn, { passive: false });
    return () => element.removeEventListener("wheel", turn);
  }, [change]);
  return {
    dragging,
    handlers: {
      ref: frame,
      onDoubleClick: (event: Pointed & { currentTarget: Element }) => {
        const at = place(event);
        change((old) => (old.zoom > 1 ? WHOLE : zoomAt(old, 2.5, at)));
      },
      onPointerDown: (event: PointerEvent) => {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture?.(event.pointerId);
        if (fingers.current.size === 0) moved.current = false;
        else moved.current = true;
        fingers.current.set(event.pointerId, place(event));
        setDragging(true);
      },
      onPointerMove,
      onPointerUp: end,
      onPointerCancel: end,
    },
  };
}
