import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { RecoveryCodes } from "../second-factor/RecoveryCodes";

/** New codes, which are shown this once: nothing but having kept them closes it. */
export function CodesDialog({ codes, onClose }: { codes: string[]; onClose: () => void }) {
  const { t } = useTranslation();
  const [kept, setKept] = useState(false);
  return (
    <Dialog isOpen onClose={onClose} dismissable={false} title={t("codes.title")} footer={<Button variant="primary" unavailable={!kept} onPress={onClose}>{t("codes.done")}</Button>}>
      <p className="muted">{t("codes.text")}</p>
      <RecoveryCodes codes={codes} kept={kept} onKept={setKept} />
    </Dialog>
  );
}
