import { createRoute, redirect, useRouter } from "@tanstack/react-router";
import { CloudOff, RotateCw } from "lucide-react";
import { useT } from "@/i18n/useT";
import { Act } from "../frame/Act";
import { Columns } from "../frame/Columns";
import { Header } from "../frame/Header";
import { StatePanel } from "../frame/StatePage";
import { usePageTitle } from "../frame/usePageTitle";
import { fetchPractices } from "../practice/practices";
import { ChoosePage } from "./pages";
import { rootRoute } from "./root";

/** `/portal`: which practice. One alone is no choice. */
export const chooseRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/",
  loader: async () => {
    const { practices } = await fetchPractices();
    const [only] = practices;
    if (only && practices.length === 1)
      throw redirect({ to: "/$practice", params: { practice: only.slug }, search: { show: "all" }, replace: true });
    return practices;
  },
  component: ChoosePage,
  errorComponent: ChooseFailed,
});

function ChooseFailed() {
  const { t } = useT();
  const router = useRouter();
  usePageTitle(t("title.choose"));
  return (
    <>
      <Header name={t("app.patientMessages")} />
      <Columns>
        <StatePanel icon={CloudOff} danger level={1} title={t("choose.failed")} hint={t("choose.failedHint")}>
          <Act icon={RotateCw} onClick={() => void router.invalidate()}>{t("app.tryAgain")}</Act>
        </StatePanel>
      </Columns>
    </>
  );
}
