import { Archive, ArchiveRestore, ArrowLeft, CircleCheck, CircleDot, Ellipsis, Lock, Mail, PenLine, Star, Stethoscope, UserRound } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button as AriaButton } from "react-aria-components/Button";
import type { StaffThreadDetail } from "@/api/types";
import { Button } from "@/ui/Button";
import { Icon } from "@/ui/Icon";
import { IconButton } from "@/ui/IconButton";
import { Menu, type MenuEntry } from "@/ui/Menu";
import { useHotkey, useThreadCommand } from "../../app/hotkeys";
import { useMay } from "../../app/session";
import { AssigneeControl } from "./AssigneeControl";
import { CloseDialog } from "./CloseDialog";
import { CategoryControl, PriorityControl, StatusControl } from "./controls";
import { RenameDialog } from "./RenameDialog";
import type { ThreadActions } from "./useThreadActions";

export interface ThreadHeaderProps {
  thread: StaffThreadDetail;
  actions: ThreadActions;
  onBack: () => void;
  onPatient: () => void;
}

/** Which acts the conversation's state and one's role leave open. */
function useOpenActs(thread: StaffThreadDetail) {
  const may = useMay();
  const closed = thread.status === "closed";
  return {
    close: !closed && may("close"),
    reopen: closed && may("reopen"),
    archive: closed && thread.archivedAt === null && may("archive"),
    unarchive: thread.archivedAt !== null && may("archive"),
    askProvider: !closed && thread.status !== "waiting-provider" && may("send_for_review"),
    edit: may("edit_thread"),
  };
}

/** Subject, what may be changed, and the acts on the whole conversation. */
export function ThreadHeader({ thread, actions, onBack, onPatient }: ThreadHeaderProps) {
  const { t } = useTranslation();
  const open = useOpenActs(thread);
  const [dialog, setDialog] = useState<"close" | "rename" | null>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);

  const markUnread = async () => {
    if (await actions.markUnread()) onBack();
  };
  const star = () => void actions.star(!thread.isStarred);
  const starLabel = t(thread.isStarred ? "thread.unstar" : "thread.star");
  const askProvider = () => void actions.act({ type: "status", status: "waiting-provider" });
  const archive = () => void actions.act({ type: "archive" });
  const unarchive = () => void actions.act({ type: "unarchive" });
  useThreadCommand(t("thread.archive"), archive, open.archive);
  useThreadCommand(t("thread.unarchive"), unarchive, open.unarchive);
  useHotkey("u", () => void markUnread(), true, { label: t("keys.markUnread"), group: "thread" });
  useHotkey("Shift+S", star, true, { label: starLabel, group: "thread" });
  useHotkey("e", () => setDialog("close"), open.close, { label: t("keys.close"), group: "thread" });
  useHotkey("Shift+E", () => void actions.reopen(), open.reopen, { label: t("keys.reopen"), group: "thread" });
  useHotkey("Shift+R", askProvider, open.askProvider, { label: t("keys.askProvider"), group: "thread" });

  const entries: (MenuEntry & { run: () => void })[] = [
    { id: "patient", icon: UserRound, label: t("thread.showPatient"), run: onPatient },
    { id: "star", icon: Star, label: starLabel, hotkey: "Shift S", run: star },
    { id: "unread", icon: Mail, label: t("thread.markUnread"), hotkey: "U", run: () => void markUnread() },
    ...(open.askProvider ? [{ id: "ask", icon: Stethoscope, label: t("thread.askProvider"), hotkey: "Shift R", run: askProvider }] : []),
    ...(open.archive ? [{ id: "archive", icon: Archive, label: t("thread.archive"), run: archive }] : []),
    ...(open.unarchive ? [{ id: "unarchive", icon: ArchiveRestore, label: t("thread.unarchive"), run: unarchive }] : []),
    ...(open.edit ? [
      { id: "rename", icon: PenLine, label: t("thread.rename"), run: () => setDialog("rename") },
      { id: "confidential", icon: Lock, label: t(thread.isConfidential ? "thread.notConfidential" : "thread.confidential"), run: () => void actions.edit({ isConfidential: !thread.isConfidential }) },
    ] : []),
  ];
  return (
    <header className="thread-head">
      <div className="thread-head__top">
        <IconButton icon={ArrowLeft} className="only-narrow" label={t("thread.back")} hotkey="Esc" onPress={onBack} />
        <div className="thread-head__title">
          <h1 ref={heading} tabIndex={-1}>{thread.subject || t("row.unreadable")}</h1>
          <AriaButton className="patient-link" onPress={onPatient}>{thread.patientName}</AriaButton>
        </div>
        <IconButton icon={Star} className={thread.isStarred ? "wide-only starred" : "wide-only"} label={starLabel} hotkey="Shift S" onPress={star} />
        <IconButton icon={Mail} className="wide-only" label={t("thread.markUnread")} hotkey="U" onPress={() => void markUnread()} />
        <Menu label={t("thread.more")} placement="bottom end" groups={[{ entries }]} onAction={(id) => entries.find((entry) => entry.id === id)?.run()} trigger={<Button variant="ghost" className="btn--icon" icon={Ellipsis} aria-label={t("thread.more")} />} />
        {open.close && (
          <Button icon={CircleCheck} aria-label={t("thread.closeThis")} onPress={() => setDialog("close")}>
            <span className="hide-xs">{t("thread.close")}</span>
          </Button>
        )}
        {open.reopen && <Button icon={CircleDot} onPress={() => void actions.reopen()}>{t("thread.reopen")}</Button>}
      </div>
      <div className="thread-head__controls">
        <StatusControl thread={thread} actions={actions} />
        <PriorityControl thread={thread} actions={actions} />
        <CategoryControl thread={thread} actions={actions} />
        <AssigneeControl thread={thread} actions={actions} />
        {thread.archivedAt !== null && (
          <span className="badge">
            <Icon icon={Archive} size="sm" />
            {t("thread.isArchived")}
          </span>
        )}
        {thread.isConfidential && (
          <span className="badge">
            <Icon icon={Lock} size="sm" />
            {t("thread.isConfidential")}
          </span>
        )}
      </div>
      <CloseDialog isOpen={dialog === "close"} onCancel={() => setDialog(null)} onClose={(reason) => { setDialog(null); void actions.close(reason); }} />
      {dialog === "rename" && <RenameDialog subject={thread.subject} onCancel={() => setDialog(null)} onSave={(subject) => { setDialog(null); void actions.edit({ subject }); }} />}
    </header>
  );
}
