import { useTranslation } from "react-i18next";
import { Bone, Skeleton } from "@/ui/Skeleton";

/** A card with a heading and some lines, in the shape of what comes. */
export function FormBones() {
  const { t } = useTranslation();
  return (
    <Skeleton label={t("app.loading")}>
      <div className="card stack">
        <Bone className="w-[58%] h-7" />
        <Bone className="w-[92%] h-4" />
        <Bone className="w-[100%] h-12" />
        <Bone className="w-[100%] h-12" />
      </div>
    </Skeleton>
  );
}
