import { Fragment } from "react";

const URL_PATTERN = /(https?:\/\/[^\s<>"']+[^\s<>"'.,;:!?)\]])/g;

/** Plain text with its paragraphs and line breaks; addresses are shown as they are and open safely. */
export function MessageText({ text, mentions = [], lang }: { text: string; mentions?: string[]; lang?: string }) {
  return (
    <>
      {text.split(/\n{2,}/).map((paragraph, index) => (
        <p key={index} lang={lang} className="whitespace-pre-wrap">
          {paragraph.split(URL_PATTERN).map((part, at) =>
            at % 2 === 1 ? (
              <a key={at} href={part} target="_blank" rel="noopener noreferrer nofollow">{part}</a>
            ) : (
              <Mentions key={at} text={part} names={mentions} />
            ),
          )}
        </p>
      ))}
    </>
  );
}

/** Marks "@Name" for each colleague that a note mentions. */
function Mentions({ text, names }: { text: string; names: string[] }) {
  const found = names.map((name) => `@${name}`).find((mention) => text.includes(mention));
  if (!found) return <>{text}</>;
  const at = text.indexOf(found);
  return (
    <Fragment>
      {text.slice(0, at)}
      <span className="mention">{found}</span>
      <Mentions text={text.slice(at + found.length)} names={names} />
    </Fragment>
  );
}
