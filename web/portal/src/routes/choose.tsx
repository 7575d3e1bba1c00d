import { createRoute, Link, redirect, useRouter } from "@tanstack/react-router";
import { Building2, ChevronRight, CloudOff, RotateCw } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Icon } from "@/ui/Icon";
import { Act } from "../frame/Act";
import { Columns } from "../frame/Columns";
import { Header } from "../frame/Header";
import { PageHeading } from "../frame/PageHeading";
import { StatePanel } from "../frame/StatePage";
import { usePageTitle } from "../frame/usePageTitle";
import { fetchPractices } from "../practice/practices";
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
  component: Choose,
  errorComponent: ChooseFailed,
});

function Choose() {
  const { t } = useTranslation();
  const practices = chooseRoute.useLoaderData();
  usePageTitle(t("title.choose"));
  return (
    <>
      <Header name={t("app.patientMessages")} />
      <Columns>
        {practices.length === 0 ? (
          <StatePanel icon={Building2} level={1} title={t("choose.none")} hint={t("choose.noneHint")} />
        ) : (
          <>
            <div>
              <PageHeading>{t("choose.heading")}</PageHeading>
              <p className="lede">{t("choose.lede")}</p>
            </div>
            <ul className="practices">
              {practices.map(({ slug, name }) => (
                <li key={slug}>
                  <Link className="card" to="/$practice" params={{ practice: slug }} search={{ show: "all" }}>
                    {name}
                    <Icon icon={ChevronRight} size="lg" />
                  </Link>
                </li>
              ))}
            </ul>
          </>
        )}
      </Columns>
    </>
  );
}

function ChooseFailed() {
  const { t } = useTranslation();
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
