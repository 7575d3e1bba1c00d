import "../../words/work";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Bookmark, Ellipsis, PenLine, Search, Share2, Trash2, Users } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { SavedView } from "@/api/next";
import { Banner } from "@/ui/Banner";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { EmptyState } from "@/ui/EmptyState";
import { Icon } from "@/ui/Icon";
import { Menu } from "@/ui/Menu";
import { openDialog } from "../../app/dialogs";
import { problemText } from "../../app/problemText";
import { useMe } from "../../app/session";
import { savedViewsOptions, viewKey } from "../../data/savedViews";
import { updateView } from "../../data/saveViews";

interface RowProps {
  view: SavedView;
  onClose: () => void;
  onShare: () => void;
}

function ViewRow({ view, onClose, onShare }: RowProps) {
  const { t } = useTranslation();
  const { user } = useMe();
  // Shared views outlive their makers' interest: an administrator may tidy them up.
  const mayChange = view.isOwn || (view.isShared && user.role === "admin");
  const acts = [
    { id: "rename", icon: PenLine, label: t("views.rename"), run: () => openDialog({ kind: "rename-view", view }) },
    { id: "share", icon: Share2, label: t(view.isShared ? "views.unshare" : "views.shareNow"), run: onShare },
    { id: "remove", icon: Trash2, label: t("views.remove"), danger: true, run: () => openDialog({ kind: "remove-view", view }) },
  ];
  return (
    <li className="views__row">
      <Icon icon={view.filter.search ? Search : Bookmark} />
      <span className="grow">
        <Link className="views__name" to="/inbox/$view" params={{ view: viewKey(view) }} onClick={onClose}>{view.name}</Link>
        {view.isShared && (
          <small>
            <Icon icon={Users} size="sm" />
            {view.isOwn ? t("views.isShared") : t("views.sharedBy", { name: view.ownerName })}
          </small>
        )}
      </span>
      {mayChange && (
        <Menu
          label={t("views.actsOn", { name: view.name })} placement="bottom end" groups={[{ entries: acts }]} onAction={(id) => acts.find((act) => act.id === id)?.run()}
          trigger={<Button variant="ghost" className="btn--icon" icon={Ellipsis} aria-label={t("views.actsOn", { name: view.name })} />}
        />
      )}
    </li>
  );
}

/** Every saved view: open it, rename it, share it or remove it. */
export default function ManageViewsDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const { data: views = [] } = useQuery(savedViewsOptions());
  const [failure, setFailure] = useState<unknown>(null);
  const share = async ({ id, name, isShared, filter }: SavedView) => {
    setFailure(null);
    await updateView(id, { name, isShared: !isShared, filter }).catch(setFailure);
  };
  return (
    <Dialog isOpen onClose={onClose} title={t("views.title")} footer={<Button onPress={onClose}>{t("close")}</Button>}>
      {Boolean(failure) && <Banner tone="danger" live="alert">{problemText(t, failure)}</Banner>}
      {views.length === 0 ? (
        <EmptyState icon={Bookmark} title={t("views.none")}>{t("views.noneText")}</EmptyState>
      ) : (
        <ul className="views">
          {views.map((view) => <ViewRow key={view.id} view={view} onClose={onClose} onShare={() => void share(view)} />)}
        </ul>
      )}
    </Dialog>
  );
}
