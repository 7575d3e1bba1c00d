import { useTranslation } from "react-i18next";
import type { SavedView } from "@/api/types";
import { updateView } from "../../data/saveViews";
import { ViewForm } from "./ViewForm";

/** Names a view anew. */
export default function RenameViewDialog({ view, onClose }: { view: SavedView; onClose: () => void }) {
  const { t } = useTranslation();
  const save = async (name: string, isShared: boolean) => {
    await updateView(view.id, { name, isShared, filter: view.filter });
    onClose();
  };
  return <ViewForm title={t("views.renameTitle")} name={view.name} isShared={view.isShared} onSave={save} onClose={onClose} />;
}
