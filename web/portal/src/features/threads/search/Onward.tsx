import { useTranslation } from "react-i18next";
import type { Seeking } from "@/api/useSeeking";
import { Banner } from "@/ui/Banner";
import { Act } from "../../../frame/Act";

export interface OnwardProps {
  found: { hasNextPage: boolean; isFetchingNextPage: boolean; isFetchNextPageError: boolean };
  seeking: Seeking;
  /** Nothing was found so far. */
  isEmpty: boolean;
}

/** The way to older messages: one button, which keeps the focus while it changes what it does. */
export function Onward({ found, seeking, isEmpty }: OnwardProps) {
  const { t } = useTranslation();
  const { isSeeking, stop, goOn } = seeking;
  const goOnWords = found.isFetchingNextPage ? "home.loadingMore" : isEmpty ? "search.goOn" : "home.showMore";
  return (
    <>
      {found.isFetchNextPageError && <Banner tone="danger" live="alert">{t("home.moreFailed")}</Banner>}
      {found.hasNextPage && (
        <Act variant="secondary" className="more" unavailable={!isSeeking && found.isFetchingNextPage} onClick={isSeeking ? stop : goOn}>
          {t(isSeeking ? "search.stop" : goOnWords)}
        </Act>
      )}
    </>
  );
}
