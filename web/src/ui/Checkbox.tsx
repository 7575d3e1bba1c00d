import { Check, Minus } from "lucide-react";
import type { ReactNode } from "react";
import { Checkbox as AriaCheckbox, type CheckboxProps as AriaProps } from "react-aria-components/Checkbox";
import { Icon } from "./Icon";

export interface CheckboxProps extends Omit<AriaProps, "className" | "style" | "children"> {
  children?: ReactNode;
}

/** A box with its words; the whole line is the target. */
export function Checkbox({ children, ...rest }: CheckboxProps) {
  return (
    <AriaCheckbox {...rest} className="checkbox-row">
      {({ isIndeterminate }) => (
        <>
          <span className="checkbox" aria-hidden="true">
            <Icon icon={isIndeterminate ? Minus : Check} />
          </span>
          {children}
        </>
      )}
    </AriaCheckbox>
  );
}
