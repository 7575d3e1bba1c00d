import "../../words/work";
import { useLocation, useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { SavedView } from "@/api/types";
import { ConfirmDialog } from "../../app/ConfirmDialog";
import { viewKey } from "../../data/savedViews";
import { removeView } from "../../data/saveViews";

/** Removes a view; the conversations in it stay. */
export default function RemoveViewDialog({ view, onClose }: { view: SavedView; onClose: () => void }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { pathname } = useLocation();
  const remove = async () => {
    await removeView(view.id);
    if (pathname.includes(viewKey(view))) void navigate({ to: "/inbox/$view", params: { view: "open" }, replace: true });
  };
  return (
    <ConfirmDialog title={t("views.removeTitle", { name: view.name })} act={t("views.remove")} onConfirm={remove} onClose={onClose}>
      {t(view.isShared ? "views.removeShared" : "views.removeText")}
    </ConfirmDialog>
  );
}
