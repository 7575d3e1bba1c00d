import { expect, it } from "vitest";
import { moveBy, settle, viewAfterKey, WHOLE, zoomAt } from "./view";

it("never shows beyond the frame", () => {
  expect(settle({ zoom: 0.2, x: 0, y: 2 })).toEqual(WHOLE);
  expect(settle({ zoom: 2, x: 0, y: 1 })).toEqual({ zoom: 2, x: 0.25, y: 0.75 });
  expect(settle({ zoom: 99, x: 0.5, y: 0.5 }).zoom).toBe(8);
  expect(moveBy(WHOLE, 5, 5)).toEqual(WHOLE);
});

it("keeps the point under the pointer where it is", () => {
  const at = { x: 0.25, y: -0.25 };
  const before = zoomAt(WHOLE, 3);
  const after = zoomAt(before, 1.5, at);
  const under = (view: typeof before) => ({ x: view.x + at.x / view.zoom, y: view.y + at.y / view.zoom });
  expect(under(after).x).toBeCloseTo(under(before).x);
  expect(under(after).y).toBeCloseTo(under(before).y);
});

it("answers to plus, minus, nought and the arrows of an enlarged photo", () => {
  const zoomed = viewAfterKey("+", WHOLE)!;
  expect(zoomed.zoom).toBe(1.5);
  expect(viewAfterKey("-", zoomed)?.zoom).toBe(1);
  expect(viewAfterKey("0", zoomed)).toEqual(WHOLE);
  expect(viewAfterKey("ArrowRight", zoomed)?.x).toBeGreaterThan(0.5);
  expect(viewAfterKey("ArrowRight", WHOLE)).toBeUndefined();
  expect(viewAfterKey("x", zoomed)).toBeUndefined();
});
