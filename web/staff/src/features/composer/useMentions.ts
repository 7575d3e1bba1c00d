import { useId, useState, type KeyboardEvent, type RefObject } from "react";
import type { StaffMember } from "@/api/types";
import type { MessageBoxHandle } from "./MessageBox";

/** "@" at the start of a word, and what was typed of a name since. */
const BEGUN = /(?:^|\s)@([\p{L}.'-]*(?: [\p{L}.'-]+)?)$/u;
const AT_MOST = 6;

const fold = (text: string) => text.normalize("NFD").replace(/\p{M}/gu, "").toLocaleLowerCase();

/** Colleagues of whose name a word begins so. */
export function matching(people: StaffMember[], typed: string): StaffMember[] {
  const wanted = fold(typed);
  // Who is written out needs no choosing, unless somebody else has the same name.
  const isSettled = people.filter(({ fullName }) => fullName === typed).length === 1;
  return people
    .filter(({ fullName }) => !(isSettled && fullName === typed) && (fold(fullName).startsWith(wanted) || fold(fullName).split(/\s+/).some((word) => word.startsWith(wanted))))
    .slice(0, AT_MOST);
}

/** What is offered while somebody types "@" and a name in a note. */
export function useMentions(text: string, colleagues: StaffMember[], box: RefObject<MessageBoxHandle | null>, onChoose: (person: StaffMember) => void) {
  const listId = useId();
  const [caret, setCaret] = useState(0);
  const [at, setAt] = useState(0);
  const [dismissed, setDismissed] = useState<string | null>(null);
  const typed = BEGUN.exec(text.slice(0, caret))?.[1];
  const people = typed === undefined || dismissed === typed ? [] : matching(colleagues, typed);
  const index = Math.min(at, people.length - 1);
  const take = (person: StaffMember) => {
    setAt(0);
    onChoose(person);
    box.current?.insert(`@${person.fullName} `, (typed?.length ?? 0) + 1);
  };
  const onKey = (event: KeyboardEvent): boolean => {
    const chosen = people[index];
    if (!chosen || event.altKey || event.ctrlKey || event.metaKey) return false;
    if (event.key === "ArrowDown") setAt(Math.min(index + 1, people.length - 1));
    else if (event.key === "ArrowUp") setAt(Math.max(index - 1, 0));
    else if (event.key === "Enter" || (event.key === "Tab" && !event.shiftKey)) take(chosen);
    else if (event.key === "Escape") setDismissed(typed ?? null);
    else return false;
    return true;
  };
  return {
    listId, people, index, take, onKey,
    onCaret: (where: number) => {
      setCaret(where);
      setDismissed(null);
    },
    picking: people.length > 0 ? { listId, activeId: `${listId}-${index}` } : undefined,
  };
}

export type Mentions = ReturnType<typeof useMentions>;
