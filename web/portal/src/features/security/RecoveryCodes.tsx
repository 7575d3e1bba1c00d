import { Check, Copy, Printer } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Banner } from "@/ui/Banner";
import { Act } from "../../frame/Act";

/** Codes for the day when phone or app are gone. They are shown this once. */
export function RecoveryCodes({ codes, onDone }: { codes: string[]; onDone: () => void }) {
  const { t } = useTranslation();
  const [copied, setCopied] = useState(false);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const copy = () => navigator.clipboard.writeText(codes.join("\n")).then(() => setCopied(true), () => undefined);
  return (
    <div className="stack">
      <h3 ref={heading} tabIndex={-1}>{t("recovery.showHeading")}</h3>
      <p>{t("recovery.showText")}</p>
      <ul className="recovery-codes" aria-label={t("recovery.heading")}>{codes.map((code) => <li key={code}>{code}</li>)}</ul>
      <Banner tone="info">{t("recovery.once")}</Banner>
      <div className="send-row">
        <Act onClick={onDone}>{t("recovery.kept")}</Act>
        <Act variant="secondary" icon={copied ? Check : Copy} onClick={() => void copy()}>{t(copied ? "recovery.copied" : "recovery.copy")}</Act>
        <Act variant="secondary" icon={Printer} onClick={() => window.print()}>{t("recovery.print")}</Act>
      </div>
    </div>
  );
}
