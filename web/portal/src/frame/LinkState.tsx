import type { UseQueryResult } from "@tanstack/react-query";
import { CloudOff, RotateCw } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { isProblem } from "@/api/problem";
import { Act } from "./Act";
import { FormBones } from "./FormBones";
import { StatePanel } from "./StatePage";

export interface LinkStateProps<T> {
  query: UseQueryResult<T>;
  /** What to show for a link that the server does not know, or no longer. */
  dead: ReactNode;
  children: (answer: T) => ReactNode;
}

/** What a link stands for: being asked, known, dead, or not to be reached. */
export function LinkState<T>({ query, dead, children }: LinkStateProps<T>) {
  const { t } = useTranslation();
  if (query.data !== undefined) return children(query.data);
  if (query.isPending) return <FormBones />;
  if (isProblem(query.error, "invalid_token", "validation_failed", "not_found")) return dead;
  return (
    <div className="card">
      <StatePanel icon={CloudOff} danger level={1} title={t("practice.failed")} hint={t("practice.failedHint")}>
        <Act icon={RotateCw} onClick={() => void query.refetch()}>{t("app.tryAgain")}</Act>
      </StatePanel>
    </div>
  );
}
