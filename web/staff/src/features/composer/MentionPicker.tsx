import { useTranslation } from "react-i18next";
import { initials } from "@/domain/words";
import { Avatar } from "@/ui/Avatar";
import type { Mentions } from "./useMentions";

/** The colleagues that "@" offers, over the note. */
export function MentionPicker({ mentions }: { mentions: Mentions }) {
  const { t } = useTranslation();
  const { listId, people, index, take } = mentions;
  return (
    <>
      {/* Said to readers, who do not see that a list came. */}
      <span className="visually-hidden" role="status">{people.length > 0 && t("mentions.offered", { count: people.length })}</span>
      {people.length > 0 && (
        <div className="menu mention-pop" role="listbox" id={listId} aria-label={t("composer.mention")}>
          {people.map((person, place) => (
            // eslint-disable-next-line jsx-a11y/click-events-have-key-events -- the text box moves and takes by keys
            <div
              key={person.id} id={`${listId}-${place}`} className="option" role="option" tabIndex={-1} aria-selected={place === index}
              onMouseDown={(event) => event.preventDefault()} onClick={() => take(person)}
            >
              <Avatar kind="staff" size="xs" initials={initials(person.fullName)} />
              <span className="truncate">{person.fullName}</span>
              {person.title && <span className="end">{person.title}</span>}
            </div>
          ))}
        </div>
      )}
    </>
  );
}
