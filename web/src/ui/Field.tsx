import { CircleAlert } from "lucide-react";
import type { HTMLAttributes, ReactNode } from "react";
import { useField } from "react-aria/useField";
import { Icon } from "./Icon";

export interface FieldProps {
  label: string;
  hint?: string;
  error?: string;
  /** Stands at the right of the label, such as a counter. */
  aside?: ReactNode;
  /** Stands below at the end, across from the error. */
  foot?: ReactNode;
  /** The control itself, which takes what ties it to its words. */
  children: (tie: HTMLAttributes<HTMLElement>) => ReactNode;
}

/** A control's label, hint and error, all read out with it. */
export function Field({ label, hint, error, aside, foot, children }: FieldProps) {
  const isInvalid = Boolean(error);
  const ties = useField({ label, description: hint, errorMessage: error, isInvalid });
  const name = <label {...ties.labelProps} className="field__label">{label}</label>;
  const problem = error && (
    <span {...ties.errorMessageProps} className="field__error">
      <Icon icon={CircleAlert} size="sm" />
      <span>{error}</span>
    </span>
  );
  return (
    <div className={isInvalid ? "field field--invalid" : "field"}>
      {aside ? <div className="label-row">{name}{aside}</div> : name}
      {hint && <span {...ties.descriptionProps} className="field__hint">{hint}</span>}
      {children({ ...ties.fieldProps, "aria-invalid": isInvalid || undefined })}
      {foot ? <div className="field__foot">{problem}{foot}</div> : problem}
    </div>
  );
}
