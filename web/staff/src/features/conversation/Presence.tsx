import { Eye, Pencil } from "lucide-react";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import type { ThreadViewer, ViewerState } from "@/api/types";
import { initials } from "@/domain/words";
import { Avatar } from "@/ui/Avatar";
import { Icon } from "@/ui/Icon";
import { useVisible } from "../../app/useVisible";
import { startHeartbeat } from "../../data/heartbeat";
import { lapse, useViewers } from "../../data/presence";

/** Who writes comes before who reads: that is what another writer needs to know. */
const STATES: readonly ViewerState[] = ["replying", "noting", "viewing"];
const MAX_NAMES = 3;

/** Says that one is here while the conversation is on a screen that somebody sees. */
function useHeartbeat(threadId: string): void {
  const visible = useVisible();
  useEffect(() => (visible ? startHeartbeat(threadId) : undefined), [threadId, visible]);
}

/** Drops each entry when its time is over, though nobody says so. */
function useLapse(threadId: string, viewers: readonly ThreadViewer[]): void {
  useEffect(() => {
    const due = lapse(threadId);
    if (due === undefined) return;
    const timer = setTimeout(() => lapse(threadId), Math.max(0, due - Date.now()) + 50);
    return () => clearTimeout(timer);
  }, [threadId, viewers]);
}

function Group({ state, viewers }: { state: ViewerState; viewers: ThreadViewer[] }) {
  const { t, i18n } = useTranslation();
  const names = viewers.slice(0, MAX_NAMES).map(({ fullName }) => fullName);
  const more = viewers.length - names.length;
  if (more > 0) names.push(t("presence.others", { count: more }));
  const list = new Intl.ListFormat(i18n.language, { type: "conjunction" }).format(names);
  return (
    <span className="presence__group">
      {viewers.slice(0, MAX_NAMES).map(({ staffId, fullName }) => (
        <Avatar key={staffId} kind="staff" size="xs" initials={initials(fullName)} />
      ))}
      <Icon icon={state === "viewing" ? Eye : Pencil} />
      <span>
        <b>{list}</b> {t(`presence.${state}`, { count: viewers.length })}
      </span>
    </span>
  );
}

/** Who else has the conversation open and what they are at: said once, politely, when it changes. */
export function Presence({ threadId }: { threadId: string }) {
  const viewers = useViewers(threadId);
  useHeartbeat(threadId);
  useLapse(threadId, viewers);
  const groups = STATES.map((state) => ({ state, viewers: viewers.filter((viewer) => viewer.state === state) }));
  return (
    <div role="status" className={viewers.length > 0 ? "presence" : undefined}>
      {groups.map((group) => group.viewers.length > 0 && <Group key={group.state} {...group} />)}
    </div>
  );
}
