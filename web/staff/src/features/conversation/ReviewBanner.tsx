import { Stethoscope } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { StaffThreadDetail } from "@/api/types";
import { Banner } from "@/ui/Banner";
import { Button } from "@/ui/Button";
import { useMay } from "../../app/session";
import type { ThreadActions } from "./useThreadActions";

/** A conversation that waits for a provider: approve it, or take the request back. */
export function ReviewBanner({ thread, actions }: { thread: StaffThreadDetail; actions: ThreadActions }) {
  const { t } = useTranslation();
  const may = useMay();
  if (thread.status !== "waiting-provider") return null;
  const approve = may("approve");
  if (!approve && !may("set_status")) return null;
  return (
    <Banner
      tone="info"
      icon={Stethoscope}
      end={
        <Button variant="ghost" size="sm" className="banner__act" onPress={() => void actions.act({ type: "status", status: approve ? "waiting-patient" : "in-progress" })}>
          {t(approve ? "review.approve" : "review.withdraw")}
        </Button>
      }
    >
      <b>{t("review.waiting")}</b> {t(approve ? "review.approveText" : "review.withdrawText")}
    </Banner>
  );
}
