import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Team } from "@/api/types";
import { Banner } from "@/ui/Banner";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { problemText } from "../../app/problemText";
import { retireTeam } from "../../data/settings";

/** Retires a team; what it did stays in the record. */
export function RetireDialog({ team, onDone }: { team: Team; onDone: () => void }) {
  const { t } = useTranslation();
  const [failure, setFailure] = useState<unknown>(null);
  const retire = async () => {
    try {
      await retireTeam(team.id);
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
      title={t("teams.retireTitle", { name: team.name })}
      footer={
        <>
          <Button variant="ghost" autoFocus onPress={onDone}>{t("cancel")}</Button>
          <Button variant="danger" onPress={() => void retire()}>{t("teams.retire")}</Button>
        </>
      }
    >
      {Boolean(failure) && <Banner tone="danger" live="alert">{problemText(t, failure)}</Banner>}
      <p className="muted">{t("teams.retireText")}</p>
    </Dialog>
  );
}
