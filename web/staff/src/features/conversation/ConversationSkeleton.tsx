import { useTranslation } from "react-i18next";
import { Bone, Skeleton } from "@/ui/Skeleton";

/** A conversation to come, in its shape. */
export function ConversationSkeleton() {
  const { t } = useTranslation();
  return (
    <Skeleton label={t("thread.loading")}>
      <div className="thread-head">
        <Bone className="w-5/12" />
        <Bone className="w-8/12" />
      </div>
      <div className="bone-talk">
        <div className="bubble bone-bubble"><Bone /><Bone className="w-9/12" /></div>
        <div className="bubble bone-bubble bone-bubble--own"><Bone /><Bone className="w-9/12" /></div>
        <div className="bubble bone-bubble"><Bone /><Bone className="w-7/12" /></div>
      </div>
    </Skeleton>
  );
}
