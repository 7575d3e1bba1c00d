import { useEffect, useImperativeHandle, useLayoutEffect, useRef, type KeyboardEvent, type Ref } from "react";
import { TextArea } from "react-aria-components/TextArea";
import { findBlanks } from "@/domain/words";

/** What the composer may do with the text box besides changing its text. */
export interface MessageBoxHandle {
  focus: () => void;
  /** Puts text where the caret is, in place of so many characters before it, and selects its first blank, if any. */
  insert: (text: string, instead?: number) => void;
  /** Selects the next blank after the caret, around the end; false when there is none. */
  nextBlank: () => boolean;
}

interface MessageBoxProps {
  label: string;
  placeholder: string;
  text: string;
  onChange: (text: string) => void;
  /** Marks blanks and lets Tab move between them. */
  guardBlanks: boolean;
  readOnly: boolean;
  describedBy?: string;
  onKeyDown: (event: KeyboardEvent<HTMLTextAreaElement>) => void;
  /** Asked before anything else; answers whether it has done something with the key. */
  onKeyFirst?: (event: KeyboardEvent<HTMLTextAreaElement>) => boolean;
  /** Where the caret is, whenever it moves. */
  onCaret?: (at: number) => void;
  /** What the box has opened beside it, for readers. */
  picking?: { listId: string; activeId?: string };
  /** Takes the focus when it appears: the writer has just chosen this mode by key. */
  takesFocus: boolean;
  /** Once it has: a box that comes back later leaves the focus where it is. */
  onTookFocus: () => void;
  /** "/" at the start of a line. */
  onSlash: () => void;
  ref: Ref<MessageBoxHandle>;
}

/** The text again, invisible, behind the box: it gives the height and carries the marks of blanks. */
function Mirror({ text, mark }: { text: string; mark: boolean }) {
  const blanks = mark ? findBlanks(text) : [];
  let at = 0;
  const parts = blanks.flatMap((blank) => {
    const before = text.slice(at, blank.start);
    at = blank.end;
    return [before, <span className="blank" key={blank.start}>{blank.text}</span>];
  });
  return (
    <div className="composer__text composer__mirror" aria-hidden="true">
      {parts}
      {text.slice(at)}
      {"\u200b"}
    </div>
  );
}

/** Multi-line text that grows with its content; Enter is a new line. */
export function MessageBox(props: MessageBoxProps) {
  const { label, placeholder, text, onChange, guardBlanks, readOnly, describedBy, takesFocus, onTookFocus, onKeyDown, onKeyFirst, onCaret, picking, onSlash, ref } = props;
  const box = useRef<HTMLTextAreaElement>(null);
  const pending = useRef<[number, number] | null>(null);
  useLayoutEffect(() => {
    if (!pending.current || !box.current) return;
    box.current.setSelectionRange(...pending.current);
    pending.current = null;
  }, [text]);

  useEffect(() => {
    if (!takesFocus) return;
    box.current?.focus();
    onTookFocus();
  }, [takesFocus, onTookFocus]);

  const nextBlank = () => {
    const blanks = findBlanks(text);
    const caret = box.current?.selectionEnd ?? 0;
    const next = blanks.find((blank) => blank.start >= caret) ?? blanks[0];
    if (!next || !box.current) return false;
    box.current.focus();
    box.current.setSelectionRange(next.start, next.end);
    return true;
  };
  const insert = (added: string, instead = 0) => {
    const caret = box.current?.selectionStart ?? text.length;
    const from = Math.max(caret - instead, 0);
    const to = box.current?.selectionEnd ?? caret;
    const before = text.slice(0, from);
    const start = before.length;
    const blank = findBlanks(added)[0];
    pending.current = blank ? [start + blank.start, start + blank.end] : [start + added.length, start + added.length];
    onChange(before + added + text.slice(to));
    box.current?.focus();
  };
  useImperativeHandle(ref, () => ({ focus: () => box.current?.focus(), insert, nextBlank }));

  const keyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (!event.nativeEvent.isComposing && onKeyFirst?.(event)) {
      event.preventDefault();
      event.stopPropagation();
      return;
    }
    const { selectionStart, selectionEnd } = event.currentTarget;
    const plain = !event.ctrlKey && !event.metaKey && !event.altKey;
    if (event.key === "Tab" && plain && !event.shiftKey && guardBlanks) {
      // Tab leaves the box once the caret is past the last blank: nobody is trapped.
      if (findBlanks(text).some((blank) => blank.start >= selectionEnd) && nextBlank()) event.preventDefault();
      return;
    }
    if (event.key === "Escape" && plain && !event.nativeEvent.isComposing) {
      // Out of the text, where single keys work again; the next Escape goes back to the list.
      event.stopPropagation();
      document.getElementById("thread")?.focus({ preventScroll: true });
      return;
    }
    const atLineStart = selectionStart === selectionEnd && (selectionStart === 0 || text[selectionStart - 1] === "\n");
    if (event.key === "/" && plain && atLineStart && !event.nativeEvent.isComposing) {
      event.preventDefault();
      onSlash();
      return;
    }
    onKeyDown(event);
  };
  return (
    <div className="composer__box">
      <Mirror text={text} mark={guardBlanks} />
      <TextArea
        ref={box}
        className="composer__text composer__input"
        aria-label={label}
        aria-describedby={describedBy}
        aria-controls={picking?.listId}
        aria-activedescendant={picking?.activeId}
        onSelect={(event) => onCaret?.(event.currentTarget.selectionEnd)}
        placeholder={placeholder}
        value={text}
        readOnly={readOnly}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={keyDown}
        autoComplete="off"
        rows={1}
      />
    </div>
  );
}
