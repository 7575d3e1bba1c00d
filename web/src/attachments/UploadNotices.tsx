import { ImageOff } from "lucide-react";
import { Banner } from "@/ui/Banner";
import type { RefusalCode } from "./rules";
import type { Upload } from "./uploadState";
import { useReasons } from "./useReasons";
import { useWords } from "./words";

function byCode(items: readonly Upload[]): Map<RefusalCode, Upload[]> {
  const groups = new Map<RefusalCode, Upload[]>();
  for (const item of items)
    if (item.state.kind === "refused") groups.set(item.state.code, [...(groups.get(item.state.code) ?? []), item]);
  return groups;
}

/** Files that were not added, one banner for each reason. */
export function Refused({ items, onDismiss }: { items: readonly Upload[]; onDismiss: (code: RefusalCode) => void }) {
  const { words, language } = useWords();
  const reasons = useReasons();
  return [...byCode(items)].map(([code, uploads]) => (
    <Banner
      key={code} tone="danger" icon={ImageOff}
      end={<button type="button" className="btn btn--ghost btn--sm banner__act" onClick={() => onDismiss(code)}>{words("dismiss")}</button>}
    >
      <b>{words("notAdded", { count: uploads.length, names: new Intl.ListFormat(language).format(uploads.map(({ file }) => file.name)) })}</b> {reasons.refusal(code)}
    </Banner>
  ));
}

/** Files that did not arrive, and why. */
export function Failed({ items }: { items: readonly Upload[] }) {
  const { words, language } = useWords();
  const reasons = useReasons();
  const codes = new Set(items.map(({ state }) => (state.kind === "failed" ? state.code : "other")));
  return [...codes].map((code) => {
    const names = items.filter(({ state }) => state.kind === "failed" && state.code === code).map(({ file }) => file.name);
    return (
      <Banner key={code} tone="danger">
        <b>{words("notSent", { count: names.length, names: new Intl.ListFormat(language).format(names) })}</b> {reasons.failure(code)}
      </Banner>
    );
  });
}
