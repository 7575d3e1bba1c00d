import "../../words/work";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Bookmark, Search, Users } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { SavedView } from "@/api/types";
import { Banner } from "@/ui/Banner";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { EmptyState } from "@/ui/EmptyState";
import { Icon } from "@/ui/Icon";
import { problemText } from "../../app/problemText";
import { allViewsOptions, isReadable, viewKey } from "../../data/savedViews";
import ViewMenu from "./ViewMenu";

interface RowProps {
  view: SavedView;
  onClose: () => void;
  onFailed: (error: unknown) => void;
}

function ViewRow({ view, onClose, onFailed }: RowProps) {
  const { t } = useTranslation();
  return (
    <li className="views__row">
      <Icon icon={view.filter.search ? Search : Bookmark} />
      <span className="grow">
        {isReadable(view) ? (
          <Link className="views__name" to="/inbox/$view" params={{ view: viewKey(view) }} onClick={onClose}>{view.name}</Link>
        ) : (
          <span className="muted">{t("views.unreadable")}</span>
        )}
        {view.isShared && (
          <small>
            <Icon icon={Users} size="sm" />
            {view.isOwn ? t("views.isShared") : t("views.sharedBy", { name: view.ownerName })}
          </small>
        )}
      </span>
      <ViewMenu view={view} onFailed={onFailed} />
    </li>
  );
}

/** Every saved view: open it, rename it, share it or remove it. */
export default function ManageViewsDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const { data: views = [] } = useQuery(allViewsOptions());
  const [failure, setFailure] = useState<unknown>(null);
  return (
    <Dialog isOpen onClose={onClose} title={t("views.title")} footer={<Button onPress={onClose}>{t("close")}</Button>}>
      {Boolean(failure) && <Banner tone="danger" live="alert">{problemText(t, failure)}</Banner>}
      {views.length === 0 ? (
        <EmptyState icon={Bookmark} title={t("views.none")}>{t("views.noneText")}</EmptyState>
      ) : (
        <ul className="views">
          {views.map((view) => <ViewRow key={view.id} view={view} onClose={onClose} onFailed={setFailure} />)}
        </ul>
      )}
    </Dialog>
  );
}
