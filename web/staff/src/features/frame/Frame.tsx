import { Outlet, useLocation, useNavigate, useRouter } from "@tanstack/react-router";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { ToastRegion } from "@/ui/ToastRegion";
import { useHotkey } from "../../app/hotkeys";
import { useLiveUpdates } from "../../app/liveUpdates";
import { useMay } from "../../app/session";
import { viewFacts, VIEWS, type View } from "../../data/views";
import { openKeys, useKeysOpen } from "./keysDialog";
import { Rail } from "./Rail";
import { TabBar } from "./TabBar";

const CommandBar = lazy(() => import("./CommandBar"));
const KeysDialog = lazy(() => import("./KeysDialog"));

function GotoKey({ view }: { view: View }) {
  const navigate = useNavigate();
  useHotkey(`g ${viewFacts[view].goto}`, () => void navigate({ to: "/inbox/$view", params: { view } }));
  return null;
}

/** The staff frame: rail, the page, the phone's tabs, and what listens everywhere. */
export function Frame() {
  const { t } = useTranslation();
  const may = useMay();
  const router = useRouter();
  const navigate = useNavigate();
  const { pathname } = useLocation();
  const keysOpen = useKeysOpen();
  const [commands, setCommands] = useState(false);
  useLiveUpdates();
  useHotkey("?", openKeys, true, { label: t("account.keys"), group: "go" });
  useHotkey("Ctrl+k", () => setCommands(true));
  useHotkey("c", () => void navigate({ to: "/new" }), may("start_thread"), { label: t("rail.new"), group: "go" });
  const inThread = /^\/inbox\/[^/]+\/.+/.test(pathname);
  useHotkey("Escape", () => router.history.back(), inThread);
  const onePage = !pathname.startsWith("/inbox");
  return (
    <>
      <a className="skip-link" href="#thread">{t("skip")}</a>
      <div className={onePage ? "app app--page" : "app"} data-pane={inThread ? "thread" : "list"}>
        <Rail />
        <Outlet />
        <TabBar />
      </div>
      {VIEWS.filter((view) => viewFacts[view].goto).map((view) => <GotoKey key={view} view={view} />)}
      {keysOpen && (
        <Suspense>
          <KeysDialog />
        </Suspense>
      )}
      {commands && (
        <Suspense>
          <CommandBar onClose={() => setCommands(false)} />
        </Suspense>
      )}
      <ToastRegion closeLabel={t("close")} />
    </>
  );
}
