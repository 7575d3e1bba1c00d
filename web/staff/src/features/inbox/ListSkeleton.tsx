import { useTranslation } from "react-i18next";
import { Bone, Skeleton } from "@/ui/Skeleton";

/** Rows to come, in their shape. */
export function ListSkeleton() {
  const { t } = useTranslation();
  return (
    <Skeleton label={t("list.loading")}>
      {Array.from({ length: 7 }, (_, index) => (
        <div className="row" key={index}>
          <span className="row__avatar">
            <Bone className="bone--avatar" />
          </span>
          <span className="row__body bone-rows">
            <Bone className="w-7/12" />
            <Bone className="w-10/12" />
            <Bone className="w-5/12" />
          </span>
        </div>
      ))}
    </Skeleton>
  );
}
