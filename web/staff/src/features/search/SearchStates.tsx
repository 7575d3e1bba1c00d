import { CloudOff, RotateCw, Search, SearchX, WifiOff } from "lucide-react";
import { useTranslation } from "react-i18next";
import { isProblem } from "@/api/problem";
import type { StaffSearchResults } from "@/api/types";
import { Button } from "@/ui/Button";
import { EmptyState } from "@/ui/EmptyState";
import { Bone, Skeleton } from "@/ui/Skeleton";

/** Results in the shape of what comes. */
export function Bones() {
  const { t } = useTranslation();
  return (
    <Skeleton label={t("list.loading")}>
      {Array.from({ length: 6 }, (_, at) => (
        <div className="hit bone-rows" key={at}><Bone className="w-7/12" /><Bone className="w-11/12" /><Bone className="w-9/12" /></div>
      ))}
    </Skeleton>
  );
}

/** No answer came, and what to do about it. */
export function Failed({ error, onAgain, headingLevel }: { error: unknown; onAgain: () => void; headingLevel: 2 | 3 }) {
  const { t } = useTranslation();
  const offline = isProblem(error, "network");
  return (
    <EmptyState icon={offline ? WifiOff : CloudOff} tone="danger" headingLevel={headingLevel} title={t(offline ? "search.offline" : "search.failed")} action={<Button variant="primary" icon={RotateCw} onPress={onAgain}>{t("tryAgain")}</Button>}>
      {offline ? t("search.offlineText") : isProblem(error, "validation_failed") ? t("search.tooLong") : t("list.failedText", { id: (isProblem(error) && error.requestId) || "-" })}
    </EmptyState>
  );
}

interface NothingProps {
  page: StaffSearchResults;
  /** Whether older messages were not looked through. */
  isPart: boolean;
  headingLevel: 2 | 3;
  onSearch: (query: string) => void;
}

/** Nothing was found; what may have been meant is one press away. */
export function Nothing({ page, isPart, headingLevel, onSearch }: NothingProps) {
  const { t } = useTranslation();
  const { didYouMean } = page;
  return (
    <EmptyState
      icon={SearchX}
      headingLevel={headingLevel}
      title={t(isPart ? "search.nothingYet" : "search.nothing")}
      action={didYouMean && <Button variant="primary" icon={Search} onPress={() => onSearch(didYouMean)}>{t("search.meant", { query: didYouMean })}</Button>}
    >
      {t(isPart ? "search.nothingYetText" : page.bodySearch ? "search.nothingText" : "search.nothingOff")}
    </EmptyState>
  );
}
