import "../../words/later";
import { useQuery } from "@tanstack/react-query";
import { Ban, CloudOff, RotateCw } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Button } from "@/ui/Button";
import { EmptyState } from "@/ui/EmptyState";
import { Bone, Skeleton } from "@/ui/Skeleton";
import { useMay } from "../../app/session";
import { useTitle } from "../../app/useTitle";
import { autoRepliesOptions } from "../../data/autoReplies";
import { AutoReplyForm } from "./AutoReplyForm";

/** What the practice answers at once, by category. */
export function AutoRepliesPage() {
  const { t } = useTranslation();
  const may = useMay();
  const mayRead = may("read_auto_replies");
  const { data, isError, refetch } = useQuery({ ...autoRepliesOptions(), enabled: mayRead });
  useTitle(t("rail.autoReplies"));
  return (
    <main className="page-pane" id="thread" tabIndex={0}>
      <div className="pane-bar">
        <h1>{t("rail.autoReplies")}</h1>
      </div>
      <div className="page-body">
        {mayRead && <p className="muted">{t("autoReplies.text")}</p>}
        {!mayRead ? (
          <EmptyState icon={Ban} headingLevel={2} title={t("notAllowed")} />
        ) : isError && !data ? (
          <EmptyState icon={CloudOff} tone="danger" title={t("list.failed")} action={<Button variant="primary" icon={RotateCw} onPress={() => void refetch()}>{t("tryAgain")}</Button>} />
        ) : !data ? (
          <Skeleton label={t("list.loading")}><Bone className="w-7/12" /></Skeleton>
        ) : (
          <ul className="card-list">
            {data.map((reply) => (
              <AutoReplyForm key={reply.category} reply={reply} mayManage={may("manage_auto_replies")} />
            ))}
          </ul>
        )}
      </div>
    </main>
  );
}
