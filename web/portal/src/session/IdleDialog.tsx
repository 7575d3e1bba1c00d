import { Trans, useTranslation } from "react-i18next";
import { Banner } from "@/ui/Banner";
import { Button } from "@/ui/Button";
import { PortalDialog } from "../frame/PortalDialog";

export interface IdleDialogProps {
  remainingMs: number;
  failed: boolean;
  onStay: () => void;
  onSignOut: () => void;
}

/** "Are you still here?", with the time that is left in steps that do not hurry anybody. */
export function IdleDialog({ remainingMs, failed, onStay, onSignOut }: IdleDialogProps) {
  const { t } = useTranslation();
  const seconds = Math.max(10, Math.ceil(remainingMs / 10_000) * 10);
  const time =
    seconds >= 60 ? t("idle.minutes", { count: Math.ceil(seconds / 60) }) : t("idle.seconds", { count: seconds });
  return (
    <PortalDialog title={t("idle.heading")} role="alertdialog" onClose={onStay}>
      <p className="lede">
        <Trans i18nKey="idle.text" values={{ time }} components={{ b: <b className="num strong nowrap dialog-strong" /> }} />{" "}
        {t("idle.draft")}
      </p>
      {failed && <Banner tone="danger" live="alert">{t("idle.stayFailed")}</Banner>}
      <div className="send-row">
        <Button variant="primary" size="lg" onPress={onStay} autoFocus>{t("idle.stay")}</Button>
        <Button variant="secondary" size="lg" onPress={onSignOut}>{t("idle.out")}</Button>
      </div>
    </PortalDialog>
  );
}
