import "../words/later";
import { getRouteApi, Link } from "@tanstack/react-router";
import { Building2, ChevronRight } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Icon } from "@/ui/Icon";
import { Columns } from "../frame/Columns";
import { Header } from "../frame/Header";
import { PageHeading } from "../frame/PageHeading";
import { StatePanel } from "../frame/StatePage";
import { usePageTitle } from "../frame/usePageTitle";

const route = getRouteApi("/");

/** Which practice, where there are several. */
export default function ChoosePage() {
  const { t } = useTranslation();
  const practices = route.useLoaderData();
  usePageTitle(t("title.choose"));
  return (
    <>
      <Header name={t("app.patientMessages")} />
      <Columns>
        {practices.length === 0 ? (
          <StatePanel icon={Building2} level={1} title={t("choosePage.none")} hint={t("choosePage.noneHint")} />
        ) : (
          <>
            <div>
              <PageHeading>{t("choosePage.heading")}</PageHeading>
              <p className="lede">{t("choosePage.lede")}</p>
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
