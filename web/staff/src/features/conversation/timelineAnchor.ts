/** Space between a message and the end of the content: older pages above do not change it. */
function spaceBelow(scroller: HTMLElement, id: string): number | null {
  const element = scroller.querySelector(`[data-message="${CSS.escape(id)}"]`);
  const content = scroller.firstElementChild;
  if (!element || !content) return null;
  return content.getBoundingClientRect().bottom - element.getBoundingClientRect().bottom;
}

/** The message in the middle of what is shown, or the nearest that can be found there. */
function middleMessage(scroller: HTMLElement): string | undefined {
  const { left, top, width, height } = scroller.getBoundingClientRect();
  for (const part of [0.5, 0.3, 0.7, 0.1]) {
    const found = document.elementFromPoint(left + width / 2, top + height * part)?.closest<HTMLElement>("[data-message]");
    if (found && scroller.contains(found)) return found.dataset.message;
  }
  return undefined;
}

/**
 * Keeps what somebody reads where it is. The scroller is laid out from its end (`column-reverse`): what comes in
 * above moves nothing by itself; what comes or goes below is made good.
 */
export class TimelineAnchor {
  #held: { id: string; below: number } | null = null;

  /** Takes the message that is being read as the one to hold. */
  remember(scroller: HTMLElement): void {
    const id = middleMessage(scroller) ?? this.#held?.id;
    const below = id === undefined ? null : spaceBelow(scroller, id);
    if (id !== undefined && below !== null) this.#held = { id, below };
  }

  /** Puts the held message back where it was. */
  hold(scroller: HTMLElement): void {
    const below = this.#held && spaceBelow(scroller, this.#held.id);
    if (!this.#held || below === null || below === this.#held.below) return;
    scroller.scrollTop -= below - this.#held.below;
    this.#held.below = below;
  }
}

/** A conversation opens at the "New" line where there is one, else at its end. */
export function showFirstNew(scroller: HTMLElement): void {
  const line = scroller.querySelector<HTMLElement>(".day--unread");
  if (!line) return;
  const above = line.getBoundingClientRect().top - scroller.getBoundingClientRect().top;
  if (above < 0) scroller.scrollTop += above - 12;
}

/** Brings a message into the middle; false when it is not there. */
export function showMessage(scroller: HTMLElement, id: string): boolean {
  const element = scroller.querySelector(`[data-message="${CSS.escape(id)}"]`);
  if (!element) return false;
  const box = element.getBoundingClientRect();
  const frame = scroller.getBoundingClientRect();
  scroller.scrollTop += box.top + Math.min(box.height, frame.height) / 2 - (frame.top + frame.height / 2);
  return true;
}
