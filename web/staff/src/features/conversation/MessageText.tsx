import { Fragment } from "react";
import { namedIn, type NamedAt } from "../../data/mentions";

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
  const places = namedIn(text, names);
  const endOf = (place: NamedAt | undefined) => (place ? place.at + 1 + place.name.length : 0);
  return (
    <>
      {places.map((place, index) => (
        <Fragment key={place.at}>
          {text.slice(endOf(places[index - 1]), place.at)}
          <span className="mention">{`@${place.name}`}</span>
        </Fragment>
      ))}
      {text.slice(endOf(places.at(-1)))}
    </>
  );
}
