import { useEffect, useRef, type ReactNode } from "react";

let firstPage = true;

/** The page's heading; takes focus when the reader moved here, so that readers say where they are. */
export function PageHeading({ children, className }: { children: ReactNode; className?: string }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    // The first page starts where every page starts: at its top, with nothing focused.
    if (!firstPage && !document.activeElement?.closest("[data-keeps-focus]")) heading.current?.focus({ preventScroll: true });
    firstPage = false;
  }, []);
  return <h1 ref={heading} tabIndex={-1} className={className}>{children}</h1>;
}
