import "../../words/work";
import { useLocation, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { SavedView } from "@/api/types";
import { Banner } from "@/ui/Banner";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { problemText } from "../../app/problemText";
import { viewKey } from "../../data/savedViews";
import { removeView } from "../../data/saveViews";

/** Removes a view; the conversations in it stay. */
export default function RemoveViewDialog({ view, onClose }: { view: SavedView; onClose: () => void }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { pathname } = useLocation();
  const [failure, setFailure] = useState<unknown>(null);
  const remove = async () => {
    try {
      await removeView(view.id);
    } catch (error) {
      setFailure(error);
      return;
    }
    onClose();
    if (pathname.includes(viewKey(view))) void navigate({ to: "/inbox/$view", params: { view: "open" }, replace: true });
  };
  return (
    <Dialog
      isOpen
      role="alertdialog"
      onClose={onClose}
      title={t("views.removeTitle", { name: view.name })}
      footer={
        <>
          <Button variant="ghost" autoFocus onPress={onClose}>{t("cancel")}</Button>
          <Button variant="danger" onPress={() => void remove()}>{t("views.remove")}</Button>
        </>
      }
    >
      {Boolean(failure) && <Banner tone="danger" live="alert">{problemText(t, failure)}</Banner>}
      <p className="muted">{t(view.isShared ? "views.removeShared" : "views.removeText")}</p>
    </Dialog>
  );
}
