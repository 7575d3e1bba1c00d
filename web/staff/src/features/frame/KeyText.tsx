/** A sentence that names a key, as `<key>J</key>` in its words. */
export function KeyText({ text }: { text: string }) {
  return text.split(/<key>(.*?)<\/key>/).map((part, at) => (at % 2 === 1 ? <kbd key={at}>{part}</kbd> : part));
}
