import { useTranslation } from "react-i18next";
import type { Team } from "@/api/types";
import { Segmented } from "@/ui/Segmented";

/** Which of one's teams, for people who are in several. */
export function TeamChoice(props: { teams: Team[]; value?: string; onChange: (id: string) => void }) {
  const { t } = useTranslation();
  return (
    <div className="team-choice">
      <Segmented
        label={t("view.team")}
        options={props.teams.map(({ id, name }) => ({ id, label: name }))}
        value={props.value ?? ""}
        onChange={props.onChange}
      />
    </div>
  );
}
