import { Component, type ReactNode } from "react";

export interface KeepPlaceProps {
  /** Changes whenever messages come or go. */
  of: string;
  children: ReactNode;
}

interface Anchor {
  element: Element;
  top: number;
}

const isOnScreen = (element: Element) => {
  const { top, bottom } = element.getBoundingClientRect();
  return bottom > 0 && top < window.innerHeight;
};

/** What must not move: the field somebody writes in, else the first message before the reader's eyes. */
function anchorNow(): Anchor | null {
  const writing = document.activeElement?.closest("[data-keeps-focus]") ? document.activeElement : null;
  const element = writing && isOnScreen(writing) ? writing : [...document.querySelectorAll("[data-message]")].find(isOnScreen);
  return element ? { element, top: element.getBoundingClientRect().top } : null;
}

/**
 * Keeps what the reader looks at in its place while messages come and go around it. A class, for React tells only
 * classes of the moment just before the page changes.
 */
export class KeepPlace extends Component<KeepPlaceProps> {
  override getSnapshotBeforeUpdate(before: KeepPlaceProps): Anchor | null {
    return before.of === this.props.of ? null : anchorNow();
  }

  override componentDidUpdate(_props: KeepPlaceProps, _state: unknown, anchor: Anchor | null): void {
    if (!anchor?.element.isConnected) return;
    const moved = anchor.element.getBoundingClientRect().top - anchor.top;
    if (moved !== 0) window.scrollBy({ top: moved, behavior: "instant" });
  }

  override render(): ReactNode {
    return this.props.children;
  }
}
