import { useQuery } from "@tanstack/react-query";
import { CloudOff, Plus, RotateCw, UsersRound } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Team } from "@/api/types";
import { CategoryBadge } from "@/domain/badges";
import { initials } from "@/domain/words";
import { Avatar } from "@/ui/Avatar";
import { Button } from "@/ui/Button";
import { EmptyState } from "@/ui/EmptyState";
import { Bone, Skeleton } from "@/ui/Skeleton";
import { ConfirmDialog } from "../../app/ConfirmDialog";
import { teamsOptions } from "../../data/people";
import { retireTeam } from "../../data/settings";
import { TeamForm } from "./TeamForm";

function TeamCard({ team, onEdit, onRetire }: { team: Team; onEdit: () => void; onRetire: () => void }) {
  const { t } = useTranslation();
  return (
    <li className="card-item">
      <div className="card-item__head">
        <h3>{team.name}</h3>
        <span>
          <Button variant="ghost" size="sm" aria-label={t("teams.editNamed", { name: team.name })} onPress={onEdit}>{t("teams.edit")}</Button>
          <Button variant="ghost" size="sm" aria-label={t("teams.retireNamed", { name: team.name })} onPress={onRetire}>{t("teams.retire")}</Button>
        </span>
      </div>
      <p className="team__duty">
        <span className="faint">{t("teams.duty")}</span>
        {team.categories.length === 0 ? <span className="muted">{t("teams.noDuty")}</span> : team.categories.map((category) => <CategoryBadge key={category} category={category} />)}
      </p>
      <ul className="team__people" aria-label={t("teams.members")}>
        {team.members.map(({ id, fullName }) => (
          <li key={id} className="by">
            <Avatar kind="staff" size="xs" initials={initials(fullName)} />
            {fullName}
          </li>
        ))}
        {team.members.length === 0 && <li className="muted">{t("teams.nobody")}</li>}
      </ul>
    </li>
  );
}

/** Who works together, and what each team is on duty for. */
export function TeamSettings() {
  const { t } = useTranslation();
  const { data, isError, refetch } = useQuery(teamsOptions());
  const [editing, setEditing] = useState<Team | "new" | null>(null);
  const [retiring, setRetiring] = useState<Team | null>(null);
  return (
    <section className="settings" aria-labelledby="settings-teams">
      <div className="card-item__head">
        <h2 id="settings-teams">{t("teams.title")}</h2>
        <Button variant="primary" icon={Plus} onPress={() => setEditing("new")}>{t("teams.new")}</Button>
      </div>
      <p className="muted">{t("teams.text")}</p>
      {isError && !data ? (
        <EmptyState icon={CloudOff} tone="danger" title={t("list.failed")} action={<Button variant="primary" icon={RotateCw} onPress={() => void refetch()}>{t("tryAgain")}</Button>} />
      ) : !data ? (
        <Skeleton label={t("list.loading")}><Bone className="w-7/12" /></Skeleton>
      ) : data.length === 0 ? (
        <EmptyState icon={UsersRound} title={t("teams.none")} />
      ) : (
        <ul className="card-list">
          {data.map((team) => <TeamCard key={team.id} team={team} onEdit={() => setEditing(team)} onRetire={() => setRetiring(team)} />)}
        </ul>
      )}
      {editing && <TeamForm team={editing === "new" ? null : editing} onDone={() => setEditing(null)} />}
      {retiring && (
        <ConfirmDialog title={t("teams.retireTitle", { name: retiring.name })} act={t("teams.retire")} onConfirm={() => retireTeam(retiring.id)} onClose={() => setRetiring(null)}>
          {t("teams.retireText")}
        </ConfirmDialog>
      )}
    </section>
  );
}
