import { useTranslation } from "react-i18next";
import { X } from "lucide-react";
import { Button } from "react-aria-components/Button";
import type { StaffMember } from "@/api/types";
import { Icon } from "@/ui/Icon";

/** Who is told of the note; taking one off keeps the name as plain words. */
export function MentionedChips({ people, onRemove }: { people: StaffMember[]; onRemove: (name: string) => void }) {
  const { t } = useTranslation();
  if (people.length === 0) return null;
  return (
    <div className="mentioned" role="group" aria-label={t("mentions.told")}>
      <span>{t("mentions.told")}</span>
      {people.map(({ id, fullName }) => (
        <span className="mention mentioned__one" key={id}>
          {fullName}
          <Button aria-label={t("mentions.remove", { name: fullName })} onPress={() => onRemove(fullName)}>
            <Icon icon={X} />
          </Button>
        </span>
      ))}
    </div>
  );
}
