import { X } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "react-aria-components/Button";
import { Icon } from "./Icon";

/** An active filter: violet, with a button that takes it off. */
export function FilterChip(props: { children: ReactNode; removeLabel: string; onRemove: () => void }) {
  return (
    <span className="chip chip--on">
      {props.children}
      <Button aria-label={props.removeLabel} onPress={props.onRemove}>
        <Icon icon={X} />
      </Button>
    </span>
  );
}
