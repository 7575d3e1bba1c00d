import { useTranslation } from "react-i18next";
import { langOf } from "@/domain/language";

const WEB_ADDRESS = /https?:\/\/[^\s<>"'«»]+[^\s<>"'«».,;:!?)\]]/g;

/** One run of text: plain, or a web address. */
interface Piece {
  text: string;
  address: boolean;
}

/** Cuts a paragraph at its web addresses. */
export function piecesOf(paragraph: string): Piece[] {
  const pieces: Piece[] = [];
  let end = 0;
  for (const match of paragraph.matchAll(WEB_ADDRESS)) {
    if (match.index > end) pieces.push({ text: paragraph.slice(end, match.index), address: false });
    pieces.push({ text: match[0], address: true });
    end = match.index + match[0].length;
  }
  if (end < paragraph.length) pieces.push({ text: paragraph.slice(end), address: false });
  return pieces;
}

/** A message as its writer set it: paragraphs and lines, text alone. Web addresses show where they go. */
export function MessageText({ text }: { text: string }) {
  const { t, i18n } = useTranslation();
  const lang = langOf(text, i18n.language);
  return text.split(/\n{2,}/).map((paragraph, index) => (
    <p key={index} dir="auto" lang={lang}>
      {piecesOf(paragraph).map((piece, at) =>
        piece.address ? (
          <a key={at} href={piece.text} target="_blank" rel="noopener noreferrer nofollow">
            {piece.text}
            <span className="visually-hidden"> ({t("thread.newTab")})</span>
          </a>
        ) : (
          piece.text
        ),
      )}
    </p>
  ));
}
