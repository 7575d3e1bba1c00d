import { useEffect, useState, type ComponentType, type ReactNode } from "react";

interface Missable {
  /** The part did not arrive: whoever asked for it should not go on as if it stood there. */
  onMissing?: () => void;
}

export interface OnDemand<P> {
  (props: P & Missable): ReactNode;
  /** Fetches the part ahead: somebody is about to want it. */
  preload: () => void;
}

/**
 * A part of the page that is fetched when it first opens, or shortly before. Unlike `lazy`, it stands at once
 * where it has arrived already, and a download that failed neither breaks the page nor is remembered.
 */
export function onDemand<P extends { isOpen: boolean }>(load: () => Promise<ComponentType<P>>): OnDemand<P> {
  let Part: ComponentType<P> | undefined;
  let coming: Promise<void> | undefined;
  const fetchPart = () =>
    (coming ??= load().then(
      (part) => void (Part = part),
      (error: unknown) => {
        coming = undefined;
        throw error;
      },
    ));
  function Demanded({ onMissing, ...rest }: P & Missable) {
    const props = rest as unknown as P;
    const { isOpen } = props;
    const [, setArrived] = useState(Part !== undefined);
    useEffect(() => {
      if (isOpen && !Part) fetchPart().then(() => setArrived(true), () => onMissing?.());
      // Once per opening: a failure is not tried again by itself.
      // eslint-disable-next-line react-hooks/exhaustive-deps
    }, [isOpen]);
    return Part ? <Part {...props} /> : null;
  }
  return Object.assign(Demanded, { preload: () => void fetchPart().catch(() => undefined) });
}
