import { Search, X } from "lucide-react";
import type { KeyboardEvent, Ref } from "react";
import { useObjectRef } from "react-aria/useObjectRef";
import { Button } from "react-aria-components/Button";
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
}

/** A search box; Escape clears it. */
export function SearchField({ label, placeholder, clearLabel, value, onChange, hotkey, inputRef }: SearchFieldProps) {
  const box = useObjectRef(inputRef);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Escape" || value === "") return;
    // What is around the box, such as a dialog, would close.
    event.preventDefault();
    event.stopPropagation();
    onChange("");
  };
  return (
    <div className="input-group">
      <Icon icon={Search} />
      <input
        ref={box} type="search" className="input search" aria-label={label} placeholder={placeholder} value={value}
        autoComplete="off" spellCheck="false" onChange={(event) => onChange(event.target.value)} onKeyDown={onKeyDown}
      />
      {value === "" ? (
        hotkey && <Kbd>{hotkey}</Kbd>
      ) : (
        // Escape does the same by key; by touch the focus stays in the box, and with it the keyboard.
        <Button className="btn btn--ghost btn--icon btn--sm" aria-label={clearLabel} excludeFromTabOrder preventFocusOnPress onPressStart={() => box.current?.focus()} onPress={() => onChange("")}>
          <Icon icon={X} />
        </Button>
      )}
    </div>
  );
}
