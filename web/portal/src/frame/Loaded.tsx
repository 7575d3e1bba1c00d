import type { UseQueryResult } from "@tanstack/react-query";
import { RotateCw } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Banner } from "@/ui/Banner";
import { Bone, Skeleton } from "@/ui/Skeleton";
import { Act } from "./Act";

export interface LoadedProps<T> {
  query: UseQueryResult<T>;
  children: (answer: T) => ReactNode;
}

/** A part of a page once it is there; its shape before, and a second try where it did not come. */
export function Loaded<T>({ query, children }: LoadedProps<T>) {
  const { t } = useTranslation();
  if (query.data !== undefined) return children(query.data);
  if (query.isPending)
    return (
      <Skeleton label={t("app.loading")}>
        <div className="stack"><Bone className="w-[58%] h-5" /><Bone className="w-[92%] h-4" /></div>
      </Skeleton>
    );
  return (
    <Banner
      tone="danger" live="alert"
      end={<Act variant="secondary" size="sm" icon={RotateCw} onClick={() => void query.refetch()}>{t("app.tryAgain")}</Act>}
    >
      <b>{t("trouble.notLoaded")}</b>{t("trouble.notLoadedHint")}
    </Banner>
  );
}
