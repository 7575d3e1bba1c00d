import { getRouteApi, Link } from "@tanstack/react-router";
import { SquarePen } from "lucide-react";
import { lazy, Suspense } from "react";
import { useTranslation } from "react-i18next";
import { shortName } from "@/domain/words";
import { Icon } from "@/ui/Icon";
import { ReadOnly } from "../features/acting/ReadOnly";
import { ListTools } from "../features/threads/ListTools";
import { SearchBox } from "../features/threads/search/SearchBox";
import { ThreadList } from "../features/threads/ThreadList";
import { useSearch } from "../features/threads/useReturn";
import { actClass } from "../frame/Act";
import { Columns } from "../frame/Columns";
import { HelpColumn } from "../frame/HelpColumn";
import { PageHeading } from "../frame/PageHeading";
import { usePageTitle } from "../frame/usePageTitle";
import { OpenNow } from "../practice/OpenNow";
import { usePractice } from "../practice/practices";
import { UrgentNotice } from "../practice/UrgentNotice";
import { useMayWrite, usePatient } from "../session/session";

// Few readers search: what it takes comes when the first one does.
const SearchResults = lazy(async () => ({ default: (await import("../features/threads/search/SearchResults")).SearchResults }));
const route = getRouteApi("/$practice/behind-sign-in/");

/** The list of conversations. */
export default function MessagesPage() {
  const { t } = useTranslation();
  const { slug, name } = usePractice();
  const { fullName, relationship } = usePatient();
  const mayWrite = useMayWrite();
  const filter = route.useSearch();
  const navigate = route.useNavigate();
  const [search, setSearch] = useSearch();
  const close = () => {
    setSearch("");
    // The button that closed it is gone: the focus goes where the list begins.
    document.getElementById("main")?.focus({ preventScroll: true });
  };
  usePageTitle(t("pageTitle.messages", { practice: name }));
  return (
    <Columns side={<HelpColumn />} sideLabel={t("reach.heading")}>
      <div className="title-row">
        <PageHeading>{relationship === "self" ? t("home.headingSelf") : t("home.headingFor", { name: shortName(fullName) })}</PageHeading>
        {mayWrite && (
          <Link to="/$practice/new" params={{ practice: slug }} className={actClass({ variant: "primary" })}>
            <Icon icon={SquarePen} size="lg" />
            {t("home.write")}
          </Link>
        )}
      </div>
      {!mayWrite && <ReadOnly />}
      <OpenNow />
      <UrgentNotice />
      <section className="home-list">
        <SearchBox search={search} onSearch={setSearch} />
        {search ? (
          <Suspense><SearchResults words={search} onClose={close} /></Suspense>
        ) : (
          <>
            <ListTools filter={filter} onFilter={(next) => void navigate({ search: next, replace: true, resetScroll: false })} />
            <ThreadList filter={filter} onShowAll={() => void navigate({ search: { show: "all" }, replace: true })} />
          </>
        )}
      </section>
    </Columns>
  );
}
