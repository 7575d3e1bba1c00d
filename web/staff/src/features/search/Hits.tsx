import type { TextPart } from "@/api/types";

/** Text with what was found in it: bold and underlined besides its tint, so that no hue is needed to see it. */
export function Hits({ parts }: { parts: TextPart[] }) {
  return parts.map(({ text, isHit }, at) => (isHit ? <mark key={at}>{text}</mark> : text));
}
