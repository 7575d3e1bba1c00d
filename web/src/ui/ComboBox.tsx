import { ChevronDown } from "lucide-react";
import { useState } from "react";
import { Button, ComboBox as AriaComboBox, Input, Label, ListBox, ListBoxItem, Popover, Text } from "react-aria-components/ComboBox";
import { FieldError } from "./FieldError";
import { Icon } from "./Icon";

export interface ComboBoxProps {
  label: string;
  hint?: string;
  error?: string;
  options: { id: string; label: string }[];
  value: string;
  onChange: (id: string) => void;
  /** What opens the list, for readers. */
  openLabel: string;
  /** Said where nothing matches. */
  none: string;
}

/** One choice of many, found by typing a part of it. */
export function ComboBox({ label, hint, error, options, value, onChange, openLabel, none }: ComboBoxProps) {
  const nameOf = (id: string) => options.find((option) => option.id === id)?.label ?? id;
  const [text, setText] = useState(() => nameOf(value));
  const [known, setKnown] = useState(value);
  // A value that came from elsewhere, such as a newer version of a form.
  if (known !== value) {
    setKnown(value);
    setText(nameOf(value));
  }
  return (
    <AriaComboBox
      className={error ? "field field--invalid" : "field"} validationBehavior="aria" isInvalid={Boolean(error)}
      defaultItems={options} selectedKey={value} inputValue={text} onInputChange={setText} allowsEmptyCollection
      onSelectionChange={(key) => {
        if (key === null) return;
        onChange(String(key));
        setText(nameOf(String(key)));
      }}
    >
      <Label className="field__label">{label}</Label>
      {hint && <Text slot="description" className="field__hint">{hint}</Text>}
      <div className="input-group">
        <Input className="input" autoComplete="off" spellCheck="false" onFocus={(event) => event.target.select()} />
        <Button className="btn btn--ghost btn--icon" aria-label={openLabel}><Icon icon={ChevronDown} /></Button>
      </div>
      <FieldError>{error}</FieldError>
      <Popover className="popover combo" offset={4}>
        <ListBox<{ id: string; label: string }> className="menu" renderEmptyState={() => <p className="palette__none">{none}</p>}>
          {(option) => <ListBoxItem id={option.id} textValue={option.label} className="option">{option.label}</ListBoxItem>}
        </ListBox>
      </Popover>
    </AriaComboBox>
  );
}
