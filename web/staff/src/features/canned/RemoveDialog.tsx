import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { CannedResponse } from "@/api/types";
import { Banner } from "@/ui/Banner";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { problemText } from "../../app/problemText";
import { removeCanned } from "../../data/canned";

/** Retires a canned response; what was sent with it stays as it is. */
export function RemoveDialog({ response, onDone }: { response: CannedResponse; onDone: () => void }) {
  const { t } = useTranslation();
  const [failure, setFailure] = useState<unknown>(null);
  const remove = async () => {
    try {
      await removeCanned(response.id);
      onDone();
    } catch (error) {
      setFailure(error);
    }
  };
  return (
    <Dialog
      isOpen
      role="alertdialog"
      onClose={onDone}
      title={t("canned.removeTitle", { title: response.title })}
      footer={
        <>
          <Button variant="ghost" autoFocus onPress={onDone}>{t("cancel")}</Button>
          <Button variant="danger" onPress={() => void remove()}>{t("canned.remove")}</Button>
        </>
      }
    >
      {Boolean(failure) && <Banner tone="danger" live="alert">{problemText(t, failure)}</Banner>}
      <p className="muted">{t("canned.removeText")}</p>
    </Dialog>
  );
}
