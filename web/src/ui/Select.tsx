import { ChevronDown } from "lucide-react";
import type { ReactNode } from "react";
import { Header } from "react-aria-components/Header";
import { ListBoxSection } from "react-aria-components/ListBox";
import { Button, Label, ListBox, ListBoxItem, Popover, Select as AriaSelect, SelectValue } from "react-aria-components/Select";
import { FieldError } from "./FieldError";
import { Icon } from "./Icon";

export interface SelectOption {
  id: string;
  label: string;
  /** Shown in place of the label, such as an icon with its word. */
  content?: ReactNode;
  /** Stands below this name, with the others of it. */
  group?: string;
}

export interface SelectProps {
  label: string;
  options: SelectOption[];
  value: string | null;
  onChange: (id: string) => void;
  placeholder?: string;
  error?: string;
}

const itemOf = (option: SelectOption) => (
  <ListBoxItem key={option.id} id={option.id} textValue={option.label} className="option">
    {option.content ?? option.label}
  </ListBoxItem>
);

/** One choice of several, with a label. Those of no group stand first. */
export function Select({ label, options, value, onChange, placeholder, error }: SelectProps) {
  const groups = [...new Set(options.flatMap(({ group }) => group ?? []))];
  return (
    <AriaSelect
      className={error ? "field select field--invalid" : "field select"}
      selectedKey={value}
      onSelectionChange={(key) => key !== null && onChange(String(key))}
      placeholder={placeholder}
      isInvalid={Boolean(error)}
      validationBehavior="aria"
    >
      <Label className="field__label">{label}</Label>
      <Button className="input select__button">
        <SelectValue className="select__value" />
        <Icon icon={ChevronDown} />
      </Button>
      <FieldError>{error}</FieldError>
      <Popover className="popover" offset={4}>
        <ListBox className="menu">
          {options.filter(({ group }) => !group).map(itemOf)}
          {groups.map((group) => (
            <ListBoxSection key={group}>
              <Header className="option-group">{group}</Header>
              {options.filter((option) => option.group === group).map(itemOf)}
            </ListBoxSection>
          ))}
        </ListBox>
      </Popover>
    </AriaSelect>
  );
}
