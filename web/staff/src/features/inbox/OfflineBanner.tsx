import { WifiOff } from "lucide-react";
import { useTranslation } from "react-i18next";
import { timeOfDay } from "@/i18n/dates";
import { Icon } from "@/ui/Icon";
import { useOnline } from "../../app/useOnline";

/** Says that the connection is gone, how old the list is, and that drafts are kept. */
export function OfflineBanner({ at }: { at: number }) {
  const { t, i18n } = useTranslation();
  const online = useOnline();
  return (
    <div role="status">
      {!online && (
        <p className="offline">
          <Icon icon={WifiOff} />
          <span>
            <b>{t("offline.title")}</b> {at > 0 && t("offline.text", { time: timeOfDay(new Date(at), i18n.language) })}
          </span>
        </p>
      )}
    </div>
  );
}
