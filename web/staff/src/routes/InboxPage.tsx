import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Outlet, useLocation, useNavigate, useParams, useRouter } from "@tanstack/react-router";
import { Ban } from "lucide-react";
import { lazy, Suspense, useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { EmptyState } from "@/ui/EmptyState";
import { preloadMenus } from "@/ui/Menu";
import { KeyLayer } from "../app/hotkeys";
import { useMay } from "../app/session";
import { useTitle } from "../app/useTitle";
import { savedViewsOptions } from "../data/savedViews";
import { isView, listView } from "../data/views";
import { Broken } from "../features/frame/Broken";
import { InboxList } from "../features/inbox/InboxList";
import type { InboxSearch } from "../features/inbox/filters";
import { keepOverReload } from "../features/inbox/places";

const ViewGone = lazy(() => import("../features/inbox/ViewGone"));

const route = getRouteApi("/frame/inbox/$view");

/** Going back from a conversation puts the focus on its row again. */
function useFocusReturn(threadId: string | undefined): void {
  const last = useRef<string | undefined>(undefined);
  useEffect(() => {
    if (!threadId && last.current) document.querySelector<HTMLElement>(`[data-key="${CSS.escape(last.current)}"]`)?.focus();
    last.current = threadId;
  }, [threadId]);
}

/** List and conversation, side by side or one at a time. */
export function InboxPage() {
  const { t } = useTranslation();
  const may = useMay();
  const { view } = route.useParams();
  const search = route.useSearch();
  const router = useRouter();
  const navigate = useNavigate();
  const { threadId } = useParams({ strict: false });
  const { data: saved, isSuccess, isError } = useQuery({ ...savedViewsOptions(), enabled: may("list_threads") });
  const entry = useLocation({ select: (location) => location.state.__TSR_key });
  useFocusReturn(threadId);
  useEffect(keepOverReload, [entry]);
  useTitle(t("list.title"));
  if (!may("list_threads"))
    return (
      <main className="page-pane page-pane--center" id="thread" tabIndex={-1}>
        <EmptyState icon={Ban} headingLevel={1} title={t("noInbox.title")}>{t("noInbox.text")}</EmptyState>
      </main>
    );
  const shown = isView(view) ? listView(view, saved ?? []) : undefined;
  // A page of its own, not a thrown error: the rail stands, and leads elsewhere.
  if (!shown) return isSuccess ? <Suspense><ViewGone /></Suspense> : isError ? <Broken /> : null;
  const change = (part: Partial<InboxSearch>) =>
    void navigate({ to: ".", search: (old) => ({ ...old, ...part }), replace: true });
  const open = (id: string) =>
    void navigate({ to: "/inbox/$view/$threadId", params: { view, threadId: id }, search: { ...search, message: undefined }, replace: threadId !== undefined });
  // Whoever points at the list or walks through it is about to open a conversation.
  const ahead = () => {
    preloadMenus();
    void router.loadRouteChunk(router.routesById["/frame/inbox/$view/$threadId"]);
  };
  return (
    <>
      <KeyLayer value="list">
        <InboxList key={view} view={shown} search={search} currentId={threadId} onChange={change} onAhead={ahead} onOpen={open} />
      </KeyLayer>
      <Outlet />
    </>
  );
}
