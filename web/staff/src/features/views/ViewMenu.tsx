import "../../words/work";
import { Ellipsis, PenLine, Share2, Trash2 } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { SavedView } from "@/api/types";
import { Button } from "@/ui/Button";
import { Menu } from "@/ui/Menu";
import { openDialog } from "../../app/dialogs";
import { useMe } from "../../app/session";
import { isReadable } from "../../data/savedViews";
import { updateView } from "../../data/saveViews";

interface ViewMenuProps {
  view: SavedView;
  /** Sharing it, or no longer, did not work. */
  onFailed: (error: unknown) => void;
}

/** What one may do with a saved view; nothing where it is not one's own to change. */
export default function ViewMenu({ view, onFailed }: ViewMenuProps) {
  const { t } = useTranslation();
  const { user } = useMe();
  // Shared views outlive their makers' interest: an administrator may tidy them up.
  if (!view.isOwn && !(view.isShared && user.role === "admin")) return null;
  const { id, isShared, filter } = view;
  const name = view.name || t("views.unreadable");
  const share = () => updateView(id, { name, isShared: !isShared, filter }).catch(onFailed);
  const acts = [
    { id: "rename", icon: PenLine, label: t("views.rename"), shown: isReadable(view), run: () => openDialog({ kind: "rename-view", view }) },
    { id: "share", icon: Share2, label: t(isShared ? "views.unshare" : "views.shareNow"), shown: isReadable(view), run: () => void share() },
    { id: "remove", icon: Trash2, label: t("views.remove"), danger: true, shown: true, run: () => openDialog({ kind: "remove-view", view: { ...view, name } }) },
  ].filter(({ shown }) => shown);
  return (
    <Menu
      label={t("views.actsOn", { name })} placement="bottom end" groups={[{ entries: acts }]} onAction={(act) => acts.find((one) => one.id === act)?.run()}
      trigger={<Button variant="ghost" className="btn--icon views__menu" icon={Ellipsis} aria-label={t("views.actsOn", { name })} />}
    />
  );
}
