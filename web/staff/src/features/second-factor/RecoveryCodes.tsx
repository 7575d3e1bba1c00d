import { Download, Printer } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Button } from "@/ui/Button";
import { Checkbox } from "@/ui/Checkbox";
import { fullDateTime } from "@/i18n/dates";
import { CopyButton } from "./CopyButton";

const FILE = "threadwell-recovery-codes.txt";

/** Hands a text over as a file, out of memory: nothing of it goes anywhere else. */
function download(text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: "text/plain;charset=utf-8" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = FILE;
  link.click();
  URL.revokeObjectURL(url);
}

interface RecoveryCodesProps {
  codes: string[];
  kept: boolean;
  onKept: (kept: boolean) => void;
}

/** The codes for the day on which phone or key are lost, shown this once. */
export function RecoveryCodes({ codes, kept, onKept }: RecoveryCodesProps) {
  const { t, i18n } = useTranslation();
  const made = t("codes.made", { date: fullDateTime(new Date(), i18n.language) });
  const text = [t("codes.fileTitle"), made, "", ...codes, "", t("codes.once"), ""].join("\r\n");
  return (
    <div className="codes">
      <div className="codes__sheet">
        <p className="codes__print">{t("codes.fileTitle")}</p>
        <p className="codes__print">{made}</p>
        <ol aria-label={t("codes.title")}>
          {codes.map((code) => <li key={code}><code>{code}</code></li>)}
        </ol>
      </div>
      <div className="codes__tools">
        <CopyButton text={codes.join("\n")} label={t("codes.copyAll")} />
        <Button icon={Download} onPress={() => download(text)}>{t("codes.download")}</Button>
        <Button icon={Printer} onPress={() => window.print()}>{t("codes.print")}</Button>
      </div>
      <Checkbox isSelected={kept} onChange={onKept}>{t("codes.kept")}</Checkbox>
    </div>
  );
}
