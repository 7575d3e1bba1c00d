import { OctagonAlert } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Banner } from "@/ui/Banner";
import { Button } from "@/ui/Button";
import { problemText } from "../../app/problemText";

/** "Not sent", why, and that the words are kept; "Send again" is the same act with the same key. */
export function SendFailure({ error, note, onAgain }: { error: unknown; note: boolean; onAgain: () => void }) {
  const { t } = useTranslation();
  if (!error) return null;
  return (
    <Banner tone="danger" icon={OctagonAlert} live="alert" end={<Button variant="ghost" size="sm" className="banner__act" onPress={onAgain}>{t(note ? "composer.saveAgain" : "composer.sendAgain")}</Button>}>
      <b>{t(note ? "composer.notSaved" : "composer.notSent")}</b> {problemText(t, error)} {t("composer.kept")}
    </Banner>
  );
}
