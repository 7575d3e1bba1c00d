import { useQuery } from "@tanstack/react-query";
import { Bookmark, Settings2 } from "lucide-react";
import { useTranslation } from "react-i18next";
import { IconButton } from "@/ui/IconButton";
import { openDialog } from "../../app/dialogs";
import { savedViewsOptions, viewKey } from "../../data/savedViews";
import { NavItem } from "./NavItem";

/** The views that one saved or that colleagues share; absent where there are none. */
export function SavedViews({ at }: { at: (path: string) => boolean }) {
  const { t } = useTranslation();
  const { data: views = [] } = useQuery(savedViewsOptions());
  if (views.length === 0) return null;
  return (
    <div className="rail__saved">
      <div className="rail__title">
        <span className="grow">{t("rail.saved")}</span>
        <IconButton icon={Settings2} size="sm" label={t("rail.manageViews")} onPress={() => openDialog({ kind: "manage-views" })} />
      </div>
      <ul>
        {views.map((view) => (
          <li key={view.id}>
            <NavItem to={`/inbox/${viewKey(view)}`} icon={Bookmark} label={view.name} current={at(`/inbox/${viewKey(view)}`)} />
          </li>
        ))}
      </ul>
    </div>
  );
}
