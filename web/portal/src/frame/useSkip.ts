import { useMatchRoute } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";

/** Where the skip link leads on this page. */
export function useSkip(): { to: string; words: string } {
  const { t } = useTranslation();
  const matches = useMatchRoute();
  if (matches({ to: "/$practice/messages/$threadId" })) return { to: "reply", words: t("app.skipToReply") };
  if (matches({ to: "/$practice/new" })) return { to: "main", words: t("app.skipToForm") };
  if (matches({ to: "/$practice" })) return { to: "main", words: t("app.skipToMessages") };
  return { to: "main", words: t("app.skipToContent") };
}
