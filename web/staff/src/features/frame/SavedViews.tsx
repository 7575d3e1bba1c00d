import { useQuery } from "@tanstack/react-query";
import { Bookmark, Settings2 } from "lucide-react";
import { lazy, Suspense } from "react";
import { useTranslation } from "react-i18next";
import { IconButton } from "@/ui/IconButton";
import { showToast } from "@/ui/toasts";
import { openDialog } from "../../app/dialogs";
import { problemText } from "../../app/problemText";
import { savedViewsOptions, viewKey } from "../../data/savedViews";
import { NavItem } from "./NavItem";

const ViewMenu = lazy(() => import("../views/ViewMenu"));

/** The views that one saved or that colleagues share; absent where there are none. */
export function SavedViews({ at }: { at: (path: string) => boolean }) {
  const { t } = useTranslation();
  const { data: views = [] } = useQuery(savedViewsOptions());
  const failed = (error: unknown) => showToast(problemText(t, error));
  if (views.length === 0) return null;
  return (
    <div className="rail__saved">
      <div className="rail__title">
        <span className="grow">{t("rail.saved")}</span>
        <IconButton icon={Settings2} size="sm" label={t("rail.manageViews")} onPress={() => openDialog({ kind: "manage-views" })} />
      </div>
      <ul>
        {views.map((view) => (
          <li key={view.id} className="rail__view">
            <NavItem to={`/inbox/${viewKey(view)}`} icon={Bookmark} label={view.name} current={at(`/inbox/${viewKey(view)}`)} />
            <Suspense><ViewMenu view={view} onFailed={failed} /></Suspense>
          </li>
        ))}
      </ul>
    </div>
  );
}
