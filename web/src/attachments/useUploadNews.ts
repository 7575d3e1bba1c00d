import { useEffect, useRef, useState } from "react";
import type { Upload, UploadState } from "./uploadState";
import { useReasons } from "./useReasons";
import { useWords } from "./words";

/** Reads out what became of a file since the last look: arrived or refused politely, failed at once. */
export function useUploadNews(items: readonly Upload[]): { polite: string; urgent: string } {
  const { words } = useWords();
  const reasons = useReasons();
  const before = useRef(new Map<string, UploadState["kind"]>(items.map(({ id, state }) => [id, state.kind])));
  const [news, setNews] = useState({ polite: "", urgent: "" });
  const wordsOf = ({ file, state }: Upload): { polite?: string; urgent?: string } => {
    switch (state.kind) {
      case "checking":
      case "ready":
        return { polite: words("said.arrived", { name: file.name }) };
      case "refused":
        return { polite: words("said.refused", { name: file.name, reason: reasons.refusal(state.code) }) };
      case "failed":
        return { urgent: words("said.failed", { name: file.name, reason: reasons.failure(state.code) }) };
      default:
        return {};
    }
  };
  const latest = useRef(wordsOf);
  useEffect(() => {
    latest.current = wordsOf;
  });
  useEffect(() => {
    const known = before.current;
    const changed = items.filter(({ id, state }) => known.get(id) !== state.kind && !(state.kind === "ready" && known.get(id) === "checking"));
    before.current = new Map(items.map(({ id, state }) => [id, state.kind]));
    const said = changed.map((item) => latest.current(item));
    const polite = said.flatMap((each) => each.polite ?? []).join(" ");
    const urgent = said.flatMap((each) => each.urgent ?? []).join(" ");
    if (polite || urgent) setNews({ polite, urgent });
  }, [items]);
  return news;
}
