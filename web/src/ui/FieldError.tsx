import { CircleAlert } from "lucide-react";
import { FieldError as AriaFieldError } from "react-aria-components/FieldError";
import { Icon } from "./Icon";

/** An error at its field, tied to it for readers. */
export function FieldError({ children }: { children?: string }) {
  return (
    <AriaFieldError className="field__error">
      <Icon icon={CircleAlert} size="sm" />
      <span>{children}</span>
    </AriaFieldError>
  );
}
