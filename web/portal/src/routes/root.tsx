import { createRootRoute, Outlet } from "@tanstack/react-router";
import { CloudOff, SearchX } from "lucide-react";
import { useT } from "@/i18n/useT";
import { Act, actClass } from "../frame/Act";
import { Columns } from "../frame/Columns";
import { Header } from "../frame/Header";
import { StatePanel } from "../frame/StatePage";
import { usePageTitle } from "../frame/usePageTitle";

export const rootRoute = createRootRoute({ component: Outlet, notFoundComponent: NotFound, errorComponent: Crash });

/** No such page. */
function NotFound() {
  const { t } = useT();
  usePageTitle(t("title.notFound"));
  return (
    <>
      <Header name={t("app.patientMessages")} />
      <Columns>
        <StatePanel icon={SearchX} level={1} title={t("notFound.heading")} hint={t("notFound.hint")}>
          <a className={actClass({ variant: "primary" })} href="/portal">{t("notFound.home")}</a>
        </StatePanel>
      </Columns>
    </>
  );
}

/** A fault of ours. Nothing of it is shown: it may hold a patient's words. */
function Crash() {
  const { t } = useT();
  return (
    <Columns>
      <StatePanel icon={CloudOff} danger level={1} title={t("crash.heading")} hint={t("crash.hint")}>
        <Act onClick={() => window.location.reload()}>{t("crash.reload")}</Act>
      </StatePanel>
    </Columns>
  );
}
