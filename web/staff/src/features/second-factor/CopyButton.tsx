import { Check, Copy } from "lucide-react";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "@/ui/Button";

const SAID_FOR_MS = 4_000;

/** Puts a text into the clipboard and says whether that worked. */
export function CopyButton({ text, label, size }: { text: string; label: string; size?: "sm" }) {
  const { t } = useTranslation();
  const [outcome, setOutcome] = useState<"copied" | "notCopied" | null>(null);
  useEffect(() => {
    if (!outcome) return;
    const timer = setTimeout(() => setOutcome(null), SAID_FOR_MS);
    return () => clearTimeout(timer);
  }, [outcome]);
  const copy = () => void navigator.clipboard.writeText(text).then(() => setOutcome("copied"), () => setOutcome("notCopied"));
  return (
    <>
      <Button icon={outcome === "copied" ? Check : Copy} size={size} aria-label={outcome === "copied" ? undefined : label} onPress={copy}>{t(outcome === "copied" ? "codes.copied" : "codes.copy")}</Button>
      <span className={outcome === "notCopied" ? "field__error" : "visually-hidden"} role="status">{outcome && t(`codes.${outcome}`)}</span>
    </>
  );
}
