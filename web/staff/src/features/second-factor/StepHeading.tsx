import { useEffect, useRef } from "react";

/** Names a step, and takes the focus when it appears: what led there is gone, and readers should hear where they are. */
export function StepHeading({ children }: { children: string }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return <h1 ref={heading} tabIndex={-1}>{children}</h1>;
}
