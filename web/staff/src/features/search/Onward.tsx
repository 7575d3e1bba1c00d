import { useTranslation } from "react-i18next";
import type { Seeking } from "@/api/useSeeking";
import { Button } from "@/ui/Button";

interface OnwardProps {
  found: { hasNextPage: boolean; isFetchingNextPage: boolean; isFetchNextPageError: boolean };
  seeking: Seeking;
}

/** The way to what is still to be looked through: one button, which keeps the focus while it changes what it does. */
export function Onward({ found, seeking }: OnwardProps) {
  const { t } = useTranslation();
  if (!found.hasNextPage) return null;
  const { isSeeking, stop, goOn } = seeking;
  const goOnWords = found.isFetchingNextPage ? "list.loadingMore" : found.isFetchNextPageError ? "search.moreFailed" : "search.more";
  return (
    <Button variant="ghost" block unavailable={!isSeeking && found.isFetchingNextPage} onPress={isSeeking ? stop : goOn}>
      {t(isSeeking ? "search.stop" : goOnWords)}
    </Button>
  );
}
