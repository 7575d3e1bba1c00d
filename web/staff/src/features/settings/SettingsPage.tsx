import "../../words/work";
import { Ban } from "lucide-react";
import { useTranslation } from "react-i18next";
import { EmptyState } from "@/ui/EmptyState";
import { useMay } from "../../app/session";
import { useTitle } from "../../app/useTitle";
import { SearchSettings } from "./SearchSettings";
import { TeamSettings } from "./TeamSettings";

/** What an administrator decides for the whole practice. */
export function SettingsPage() {
  const { t } = useTranslation();
  const may = useMay();
  const teams = may("manage_teams");
  const search = may("manage_search");
  useTitle(t("rail.settings"));
  return (
    <main className="page-pane" id="thread" tabIndex={-1}>
      <div className="pane-bar">
        <h1 className="grow">{t("rail.settings")}</h1>
      </div>
      <div className="page-body">
        {!teams && !search && <EmptyState icon={Ban} headingLevel={2} title={t("notAllowed")} />}
        {teams && <TeamSettings />}
        {search && <SearchSettings />}
      </div>
    </main>
  );
}
