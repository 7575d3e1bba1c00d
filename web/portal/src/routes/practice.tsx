import { createRoute, Link, Outlet, useRouter, type ErrorComponentProps } from "@tanstack/react-router";
import { CloudOff, RotateCw, SearchX } from "lucide-react";
import { lazy, Suspense } from "react";
import { isProblem } from "@/api/problem";
import { useT } from "@/i18n/useT";
import { Act, actClass } from "../frame/Act";
import { Columns } from "../frame/Columns";
import { Header } from "../frame/Header";
import { StatePanel } from "../frame/StatePage";
import { usePageTitle } from "../frame/usePageTitle";
import { fetchPractice, PracticeContext } from "../practice/practices";
import { useAccent } from "../practice/useAccent";
import { useSession } from "../session/session";
import { rootRoute } from "./root";

/** `/portal/{practice}` and all below it: the practice whose pages these are. */
export const practiceRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "$practice",
  loader: ({ params }) => fetchPractice(params.practice),
  staleTime: 10 * 60_000,
  component: Practice,
  errorComponent: PracticeFailed,
});

const IdleWatch = lazy(async () => ({ default: (await import("../session/IdleWatch")).IdleWatch }));

function Practice() {
  const signedIn = useSession().kind === "in";
  const practice = practiceRoute.useLoaderData();
  useAccent(practice.accent);
  return (
    <PracticeContext value={practice}>
      {signedIn && <Suspense><IdleWatch /></Suspense>}
      <Outlet />
    </PracticeContext>
  );
}

function PracticeFailed({ error }: ErrorComponentProps) {
  const { t } = useT();
  const router = useRouter();
  const unknown = isProblem(error, "not_found", "validation_failed");
  usePageTitle(t(unknown ? "title.notFound" : "title.choose"));
  return (
    <>
      <Header name={t("app.patientMessages")} />
      <Columns>
        {unknown ? (
          <StatePanel icon={SearchX} level={1} title={t("practice.unknown")} hint={t("practice.unknownHint")}>
            <Link to="/" className={actClass({ variant: "primary" })}>{t("practice.chooseAnother")}</Link>
          </StatePanel>
        ) : (
          <StatePanel icon={CloudOff} danger level={1} title={t("practice.failed")} hint={t("practice.failedHint")}>
            <Act icon={RotateCw} onClick={() => void router.invalidate()}>{t("app.tryAgain")}</Act>
          </StatePanel>
        )}
      </Columns>
    </>
  );
}
