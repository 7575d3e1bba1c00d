import { Check } from "lucide-react";
import { useRef, type ReactNode } from "react";
import { useCheckbox } from "react-aria/useCheckbox";
import { useFocusRing } from "react-aria/useFocusRing";
import { VisuallyHidden } from "react-aria/VisuallyHidden";
import { mergeProps } from "react-aria/mergeProps";
import { useToggleState } from "react-stately/useToggleState";
import { Icon } from "./Icon";

export interface CheckboxProps {
  isSelected: boolean;
  onChange: (isSelected: boolean) => void;
  children: ReactNode;
}

/**
 * A box with its words; the whole line is the target. Made of hooks: the list knows the library's own box, which
 * would otherwise come with every list.
 */
export function Checkbox(props: CheckboxProps) {
  const ref = useRef<HTMLInputElement>(null);
  const { labelProps, inputProps } = useCheckbox(props, useToggleState(props), ref);
  const { isFocusVisible, focusProps } = useFocusRing();
  return (
    <label {...labelProps} className="checkbox-row" data-selected={props.isSelected || undefined} data-focus-visible={isFocusVisible || undefined}>
      <VisuallyHidden elementType="span">
        <input {...mergeProps(inputProps, focusProps)} ref={ref} />
      </VisuallyHidden>
      <span className="checkbox" aria-hidden="true">
        <Icon icon={Check} />
      </span>
      {props.children}
    </label>
  );
}
