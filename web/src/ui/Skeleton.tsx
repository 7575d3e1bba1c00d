import { useEffect, useState, type ReactNode } from "react";

/** Becomes true after `ms`: what comes sooner needs no skeleton. */
export function useDelayed(ms = 300): boolean {
  const [passed, setPassed] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setPassed(true), ms);
    return () => clearTimeout(timer);
  }, [ms]);
  return passed;
}

/** One shimmering bar; width and height by utility classes. */
export function Bone({ className = "" }: { className?: string }) {
  return <span className={`sk ${className}`} />;
}

/** Shows the shape of what comes, after 300 ms, and says so to readers. */
export function Skeleton({ label, children }: { label: string; children: ReactNode }) {
  const shown = useDelayed();
  if (!shown) return null;
  return (
    <div role="status">
      <span className="visually-hidden">{label}</span>
      <div aria-hidden="true">{children}</div>
    </div>
  );
}
