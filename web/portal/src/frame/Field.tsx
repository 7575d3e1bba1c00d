import { CircleAlert } from "lucide-react";
import { useId, type InputHTMLAttributes, type ReactNode, type Ref, type TextareaHTMLAttributes } from "react";
import { Icon } from "@/ui/Icon";

interface FieldParts {
  label: string;
  hint?: string;
  error?: string;
  /** At the right of the label, such as Show. */
  aside?: ReactNode;
  /** Under the field, such as the counter. */
  foot?: ReactNode;
}

export interface InputFieldProps extends FieldParts, InputHTMLAttributes<HTMLInputElement> {
  ref?: Ref<HTMLInputElement>;
}

export interface TextFieldProps extends FieldParts, TextareaHTMLAttributes<HTMLTextAreaElement> {
  ref?: Ref<HTMLTextAreaElement>;
}

/** An error at its field. */
export function FieldError({ id, children }: { id?: string; children: ReactNode }) {
  return (
    <p className="field__error" id={id}>
      <Icon icon={CircleAlert} size="sm" />
      <span>{children}</span>
    </p>
  );
}

/** Ids and attributes that tie a field to its hint and its error. */
function useParts({ hint, error }: FieldParts, id: string | undefined) {
  const own = useId();
  const fieldId = id ?? own;
  const hintId = hint ? `${fieldId}-hint` : undefined;
  const errorId = error ? `${fieldId}-error` : undefined;
  const described = [errorId, hintId].filter(Boolean).join(" ") || undefined;
  return { fieldId, hintId, errorId, control: { id: fieldId, "aria-describedby": described, "aria-invalid": error ? true : undefined } };
}

function Frame(props: FieldParts & { ids: ReturnType<typeof useParts>; children: ReactNode }) {
  const { label, hint, error, aside, foot, ids, children } = props;
  const name = <label className="field__label" htmlFor={ids.fieldId}>{label}</label>;
  return (
    <div className={error ? "field field--invalid" : "field"}>
      {aside ? <div className="label-row">{name}{aside}</div> : name}
      {hint && <p className="field__hint" id={ids.hintId}>{hint}</p>}
      {children}
      {error && <FieldError id={ids.errorId}>{error}</FieldError>}
      {foot}
    </div>
  );
}

/** One line of text. */
export function InputField({ label, hint, error, aside, foot, id, ref, ...rest }: InputFieldProps) {
  const ids = useParts({ label, hint, error }, id);
  return (
    <Frame {...{ label, hint, error, aside, foot, ids }}>
      <input className="input" {...rest} {...ids.control} ref={ref} />
    </Frame>
  );
}

/** Several lines of text; Enter is a new line and nothing else. */
export function TextField({ label, hint, error, aside, foot, id, ref, ...rest }: TextFieldProps) {
  const ids = useParts({ label, hint, error }, id);
  return (
    <Frame {...{ label, hint, error, aside, foot, ids }}>
      <textarea {...rest} {...ids.control} ref={ref} className="textarea" />
    </Frame>
  );
}
