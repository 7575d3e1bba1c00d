import { useTranslation } from "react-i18next";
import type { Seeking } from "@/api/useSeeking";
import { Button } from "@/ui/Button";
import { useFocusBeyond } from "@/ui/useFocusBeyond";

interface OnwardProps {
  found: { hasNextPage: boolean; isFetchingNextPage: boolean; isFetchNextPageError: boolean };
  seeking: Seeking;
}

/** The way to what is still to be looked through: one button, which keeps the focus while it changes what it does. */
export function Onward({ found, seeking }: OnwardProps) {
  const { t } = useTranslation();
  const beyond = useFocusBeyond(".found [data-result]", ".found__head [tabindex]");
  if (!found.hasNextPage) return null;
  const { isSeeking, stop, goOn } = seeking;
  const press = () => {
    beyond.note();
    return isSeeking ? stop() : goOn();
  };
  const goOnWords = found.isFetchingNextPage ? "list.loadingMore" : found.isFetchNextPageError ? "search.moreFailed" : "search.more";
  return (
    <Button ref={beyond.ref} variant="ghost" block unavailable={!isSeeking && found.isFetchingNextPage} onPress={press}>
      {t(isSeeking ? "search.stop" : goOnWords)}
    </Button>
  );
}
