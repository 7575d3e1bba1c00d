import "../../words/admin";
import "@/ui/styles/accents.css";
import "./settings.css";
import { Link, Outlet, useLocation } from "@tanstack/react-router";
import { Ban } from "lucide-react";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { EmptyState } from "@/ui/EmptyState";
import { adminPagesFor, type AdminPage } from "../../app/administration";
import { useMay } from "../../app/session";
import { useTitle } from "../../app/useTitle";

/** The pages side by side; where they do not fit, they scroll and the one on show is in sight. */
function Tabs({ pages, current }: { pages: AdminPage[]; current: string }) {
  const { t } = useTranslation();
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => {
    list.current?.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });
  }, [current]);
  return (
    <nav className="admin-tabs" aria-label={t("admin.pages")}>
      <ul className="tabs" ref={list}>
        {pages.map((page) => (
          <li key={page}>
            <Link className="tab" to={`/settings/${page}`} aria-current={page === current ? "page" : undefined} data-selected={page === current || undefined}>
              {t(`admin.tab.${page}`)}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** What an administrator decides for the whole practice, and what an auditor looks at. */
export function SettingsPage() {
  const { t } = useTranslation();
  const pages = adminPagesFor(useMay());
  const { pathname } = useLocation();
  const current = pathname.split("/")[2] ?? "";
  const isOpen = pages.length > 0 && (current === "" || pages.some((page) => page === current));
  useTitle(t("rail.settings"));
  return (
    <main className="page-pane" id="thread" tabIndex={-1}>
      <div className="pane-bar admin-bar">
        <h1>{t("rail.settings")}</h1>
        {pages.length > 1 && <Tabs pages={pages} current={current} />}
      </div>
      {isOpen ? <Outlet /> : <EmptyState icon={Ban} headingLevel={2} title={t("notAllowed")} />}
    </main>
  );
}
