import { useTranslation } from "react-i18next";
import type { Seeking } from "@/api/useSeeking";
import { Banner } from "@/ui/Banner";
import { useFocusBeyond } from "@/ui/useFocusBeyond";
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
  const beyond = useFocusBeyond(".convs a", "[data-found]");
  const press = () => {
    beyond.note();
    return isSeeking ? stop() : goOn();
  };
  const goOnWords = found.isFetchingNextPage ? "home.loadingMore" : isEmpty ? "search.goOn" : "home.showMore";
  return (
    <>
      {found.isFetchNextPageError && <Banner tone="danger" live="alert">{t("home.moreFailed")}</Banner>}
      {found.hasNextPage && (
        <Act ref={beyond.ref} variant="secondary" className="more" unavailable={!isSeeking && found.isFetchingNextPage} onClick={press}>
          {t(isSeeking ? "search.stop" : goOnWords)}
        </Act>
      )}
    </>
  );
}
