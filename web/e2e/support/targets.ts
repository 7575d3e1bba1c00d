import type { Page } from "playwright-core";

/** What a finger hits without aiming, everywhere in the portal and wherever one touches. */
const TOUCH_PX = 44;

/** Controls on the screen that a finger would miss, each with its size. Links in a sentence are text. */
export async function tooSmall(page: Page): Promise<string[]> {
  return page.evaluate((least) => {
    const controls = "button, a[href], input, textarea, select, summary, [role=option], [role^=menuitem], [role=tab], [role=switch]";
    /** What counts is where a press lands: on the whole label, row or field around a control. */
    const wholes = "label, .search, .input-group, .input, .checkbox-row, .picker__search, .palette__input, [role=row]";
    return [...document.querySelectorAll<HTMLElement>(controls)].flatMap((part) => {
      const style = getComputedStyle(part);
      const isText = part.tagName === "A" && style.display === "inline";
      const isHidden = !part.checkVisibility({ visibilityProperty: true, opacityProperty: true }) || part.closest("[inert], [aria-hidden=true], .visually-hidden") !== null;
      const { width, height } = part.getBoundingClientRect();
      if (isText || isHidden || width <= 1) return [];
      const around = part.matches("input, button") ? part.closest<HTMLElement>(wholes)?.getBoundingClientRect() : undefined;
      const [wide, high] = [Math.max(width, around?.width ?? 0), Math.max(height, around?.height ?? 0)];
      const name = part.getAttribute("aria-label") ?? part.textContent ?? part.tagName;
      return Math.min(wide, high) < least - 0.5 ? [`too small: ${part.className || part.tagName}: ${name.slice(0, 40)}: ${Math.round(wide)} × ${Math.round(high)} px`] : [];
    });
  }, TOUCH_PX);
}
