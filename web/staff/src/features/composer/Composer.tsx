import { Archive, Lock, Reply } from "lucide-react";
import { useCallback, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Tab, TabList, TabPanel, Tabs } from "react-aria-components/Tabs";
import { Banner } from "@/ui/Banner";
import { Button } from "@/ui/Button";
import { Icon } from "@/ui/Icon";
import { useHotkey } from "../../app/hotkeys";
import { useMay } from "../../app/session";
import type { ComposerContext } from "../../data/conversation";
import { CannedPicker } from "./CannedPicker";
import { draftOf, type Mode } from "./drafts";
import type { MessageBoxHandle } from "./MessageBox";
import { NotePanel } from "./NotePanel";
import { ReplyPanel } from "./ReplyPanel";
import { StaleReplyDialog } from "./StaleReplyDialog";
import { useSend } from "./useSend";

/** Instead of a reply box on a closed conversation: why, and the way out. */
function ClosedNotice({ thread, actions }: Pick<ComposerContext, "thread" | "actions">) {
  const { t } = useTranslation();
  const may = useMay();
  return (
    <div className="composer__closed">
      <Banner tone="quiet" icon={Archive} end={may("reopen") && <Button size="sm" onPress={() => void actions.reopen()}>{t("thread.reopen")}</Button>}>
        {thread.closeReason ? t("composer.closedFor", { reason: thread.closeReason }) : t("composer.closed")}
      </Banner>
    </div>
  );
}

/**
 * Reply or internal note. **Invariant:** the mode changes only by the writer's own act, every conversation
 * opens in reply mode, and no words cross from one mode's draft to the other's.
 */
export function Composer({ thread, seenMessageId, actions }: ComposerContext) {
  const { t } = useTranslation();
  const may = useMay();
  const modes = (["reply", "note"] as const).filter((mode) => may(mode));
  const [mode, setMode] = useState<Mode>(modes[0] ?? "reply");
  const [byKey, setByKey] = useState(false);
  const [picking, setPicking] = useState(false);
  const box = useRef<MessageBoxHandle>(null);
  const send = useSend(thread, seenMessageId);

  const switchTo = (next: Mode) => {
    // The other mode's box appears with the focus; this mode's box is already there.
    if (next === mode) box.current?.focus();
    setByKey(true);
    setMode(next);
    setPicking(false);
  };
  const tookFocus = useCallback(() => setByKey(false), []);
  useHotkey("r", () => switchTo("reply"), may("reply"), { label: t("keys.reply"), group: "thread" });
  useHotkey("n", () => switchTo("note"), may("note"), { label: t("keys.note"), group: "thread" });
  const insert = (text: string) => {
    setPicking(false);
    box.current?.insert(text);
  };
  const closePicker = () => {
    setPicking(false);
    box.current?.focus();
  };
  const note = mode === "note";
  const icons = { reply: Reply, note: Lock };
  return (
    <div className={note ? "dock dock--note" : "dock"}>
      {picking && <CannedPicker mode={mode} category={thread.category} onInsert={insert} onClose={closePicker} />}
      <Tabs className={note ? "composer-tabs" : "composer-tabs composer"} selectedKey={mode} onSelectionChange={(key) => { setMode(key as Mode); setPicking(false); }}>
        <TabList className="composer__modes" aria-label={t("composer.what")}>
          {modes.map((each) => (
            <Tab key={each} id={each} className="mode">
              <Icon icon={icons[each]} size="sm" />
              {t(`composer.mode.${each}`)}
            </Tab>
          ))}
        </TabList>
        <TabPanel id="reply" className="composer__panel">
          {thread.status === "closed" ? (
            <ClosedNotice thread={thread} actions={actions} />
          ) : (
            <ReplyPanel thread={thread} box={box} sending={send.sending === "reply"} takesFocus={byKey} onTookFocus={tookFocus} onSend={(then) => void send.sendReply(then)} onPick={() => setPicking(true)} />
          )}
        </TabPanel>
        <TabPanel id="note" className="composer composer--note">
          <NotePanel thread={thread} box={box} saving={send.sending === "note"} takesFocus={byKey} onTookFocus={tookFocus} onSave={(mentions) => void send.saveNote(mentions)} onPick={() => setPicking(true)} />
        </TabPanel>
      </Tabs>
      {send.stale && (
        <StaleReplyDialog
          missed={send.stale.missed}
          draft={draftOf(thread.id, "reply").text}
          onEdit={() => { send.editReply(); setTimeout(() => box.current?.focus()); }}
          onSendUnchanged={() => void send.sendUnchanged()}
        />
      )}
    </div>
  );
}
