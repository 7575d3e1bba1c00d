import { useTranslation } from "react-i18next";
import { X } from "lucide-react";
import { Button } from "react-aria-components/Button";
import type { StaffMember } from "@/api/types";
import { Icon } from "@/ui/Icon";
import type { Told } from "../../data/mentions";

/** Who is told of the note, and who cannot be; taking one off keeps the name as plain words. */
export function MentionedChips({ told, onRemove }: { told: Told; onRemove: (person: StaffMember) => void }) {
  const { t } = useTranslation();
  const { people, unable } = told;
  const nameOf = ({ fullName, title }: StaffMember) =>
    title && people.filter((person) => person.fullName === fullName).length > 1 ? `${fullName}, ${title}` : fullName;
  return (
    <>
      {people.length > 0 && (
        <div className="mentioned" role="group" aria-label={t("mentions.told")}>
          <span>{t("mentions.told")}</span>
          {people.map((person) => (
            <span className="mention mentioned__one" key={person.id}>
              {nameOf(person)}
              <Button aria-label={t("mentions.remove", { name: nameOf(person) })} onPress={() => onRemove(person)}>
                <Icon icon={X} />
              </Button>
            </span>
          ))}
        </div>
      )}
      {/* Always there, so that readers are told when it comes to say something. */}
      <div role="status">
        {unable.map((name) => <p className="mentioned" key={name}>{t("mentions.unable", { name })}</p>)}
      </div>
    </>
  );
}
