import { useOwnWordsLang } from "./practices";

/** Words of the practice's own within a sentence of the page. */
export function OwnWords({ text }: { text: string }) {
  return <span lang={useOwnWordsLang()(text)}>{text}</span>;
}
