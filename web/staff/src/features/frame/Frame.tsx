import { Outlet, useLocation, useNavigate } from "@tanstack/react-router";
import { lazy, Suspense } from "react";
import { useTranslation } from "react-i18next";
import { ToastRegion } from "@/ui/ToastRegion";
import { takeToast, useToast } from "@/ui/toasts";
import { openDialog, useDialog } from "../../app/dialogs";
import { useHotkey } from "../../app/hotkeys";
import { useLiveUpdates } from "../../app/liveUpdates";
import { useMay, useMe } from "../../app/session";
import { useStepUpAsk } from "../../app/stepUp";
import { useWayBack } from "../../app/useWayBack";
import { viewFacts, VIEWS, type View } from "../../data/views";
import { Rail } from "./Rail";
import { TabBar } from "./TabBar";

const Dialogs = lazy(() => import("./Dialogs"));
const StepUpDialog = lazy(() => import("../security/StepUpDialog"));
const EmergencyStrip = lazy(() => import("../emergency/EmergencyStrip"));

function GotoKey({ view }: { view: View }) {
  const navigate = useNavigate();
  useHotkey(`g ${viewFacts[view].goto}`, () => void navigate({ to: "/inbox/$view", params: { view } }));
  return null;
}

/** The staff frame: rail, the page, the phone's tabs, and what listens everywhere. */
export function Frame() {
  const { t } = useTranslation();
  const may = useMay();
  const navigate = useNavigate();
  const { pathname } = useLocation();
  const dialog = useDialog();
  const stepUp = useStepUpAsk();
  const { emergencyAccessUntil: until } = useMe();
  useHotkey("z", takeToast, useToast()?.action !== undefined);
  useLiveUpdates();
  useHotkey("?", () => openDialog({ kind: "keys" }), true, { label: t("account.keys"), group: "go" });
  useHotkey("Ctrl+k", () => openDialog({ kind: "commands" }));
  useHotkey("g n", () => void navigate({ to: "/notifications" }), may("list_threads"));
  useHotkey("c", () => void navigate({ to: "/new" }), may("start_thread"), { label: t("rail.new"), group: "go" });
  const inThread = /^\/inbox\/[^/]+\/.+/.test(pathname);
  useHotkey("Escape", useWayBack(), inThread);
  const onePage = !pathname.startsWith("/inbox");
  return (
    <>
      <a className="skip-link" href="#thread">{t("skip")}</a>
      <div className={until ? "shell shell--strip" : "shell"}>
        {until && <Suspense><EmergencyStrip until={until} /></Suspense>}
        <div className={onePage ? "app app--page" : "app"} data-pane={inThread ? "thread" : "list"}>
          <Rail />
          <Outlet />
          <TabBar />
        </div>
      </div>
      {VIEWS.filter((view) => viewFacts[view].goto).map((view) => <GotoKey key={view} view={view} />)}
      {dialog && (
        <Suspense>
          <Dialogs open={dialog} />
        </Suspense>
      )}
      {stepUp && (
        <Suspense>
          <StepUpDialog onAnswer={stepUp.answer} />
        </Suspense>
      )}
      <ToastRegion closeLabel={t("close")} />
    </>
  );
}
