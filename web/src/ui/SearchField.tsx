import { Search, X } from "lucide-react";
import type { KeyboardEvent, Ref } from "react";
import { Button } from "react-aria-components/Button";
import { Input, SearchField as AriaSearchField } from "react-aria-components/SearchField";
import { Icon } from "./Icon";
import { Kbd } from "./Kbd";

export interface SearchFieldProps {
  label: string;
  placeholder: string;
  clearLabel: string;
  value: string;
  onChange: (value: string) => void;
  hotkey?: string;
  inputRef?: Ref<HTMLInputElement>;
  onKeyDown?: (event: KeyboardEvent<HTMLInputElement>) => void;
}

/** A search box; Escape clears it. */
export function SearchField(props: SearchFieldProps) {
  const { label, placeholder, clearLabel, value, onChange, hotkey, inputRef, onKeyDown } = props;
  return (
    <AriaSearchField aria-label={label} value={value} onChange={onChange} className="input-group">
      <Icon icon={Search} />
      <Input ref={inputRef} className="input search" placeholder={placeholder} onKeyDown={onKeyDown} autoComplete="off" spellCheck="false" />
      {value === "" ? (
        hotkey && <Kbd>{hotkey}</Kbd>
      ) : (
        <Button className="btn btn--ghost btn--icon btn--sm" aria-label={clearLabel}>
          <Icon icon={X} />
        </Button>
      )}
    </AriaSearchField>
  );
}
