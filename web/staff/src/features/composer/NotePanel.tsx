import { useQuery } from "@tanstack/react-query";
import { AtSign, Lock, MessageSquareQuote } from "lucide-react";
import { useId, type KeyboardEvent, type RefObject } from "react";
import { useTranslation } from "react-i18next";
import type { StaffMember, StaffThreadDetail } from "@/api/types";
import { useWords } from "@/attachments/words";
import { codePoints, initials, MESSAGE_LIMIT } from "@/domain/words";
import { Avatar } from "@/ui/Avatar";
import { Button } from "@/ui/Button";
import { Icon } from "@/ui/Icon";
import { Kbd } from "@/ui/Kbd";
import { Menu } from "@/ui/Menu";
import { VisuallyHidden } from "@/ui/VisuallyHidden";
import { useMay, useMe } from "../../app/session";
import { filesOfDraft } from "../../data/attachments";
import { toldBy, withoutMention } from "../../data/mentions";
import { staffOptions } from "../../data/people";
import { AttachTools } from "./AttachTools";
import { Counter } from "./Counter";
import { DraftFiles, useFilesInTheWay } from "./DraftFiles";
import { setChosen, setDraftText, useDraft } from "./drafts";
import { Kept } from "./Kept";
import { MessageBox, type MessageBoxHandle } from "./MessageBox";
import { MentionPicker } from "./MentionPicker";
import { MentionedChips } from "./MentionedChips";
import { SendFailure } from "./SendFailure";
import { useMentions } from "./useMentions";

interface NotePanelProps {
  thread: StaffThreadDetail;
  box: RefObject<MessageBoxHandle | null>;
  saving: boolean;
  takesFocus: boolean;
  onTookFocus: () => void;
  onSave: (mentions: string[]) => void;
  onPick: () => void;
}

/** Words for the team: another surface, another verb, another place for the button, another key. */
export function NotePanel({ thread, box, saving, takesFocus, onTookFocus, onSave, onPick }: NotePanelProps) {
  const { t } = useTranslation();
  const may = useMay();
  const { user } = useMe();
  const whyId = useId();
  const { words } = useWords();
  const draft = useDraft(thread.id, "note");
  const files = filesOfDraft(thread.id, "note");
  const inTheWay = useFilesInTheWay(files);
  const { data: staff = [] } = useQuery(staffOptions());
  const sees = ({ categories }: StaffMember) => categories.includes(thread.category);
  const colleagues = staff.filter(sees);
  const choose = (person: StaffMember) => setChosen(thread.id, [...draft.chosenIds, person.id]);
  const mentions = useMentions(draft.text, colleagues.filter(({ id }) => id !== user.id), box, choose);
  const told = toldBy(draft.text, staff, sees, draft.chosenIds);
  const length = codePoints(draft.text);
  const why = length === 0 ? t("composer.emptyNote") : length > MESSAGE_LIMIT ? t("composer.tooLong") : inTheWay.why;
  const busy = saving || inTheWay.awaited;
  const blocked = busy || why !== "";

  const save = () => {
    if (!blocked) onSave(told.people.map(({ id }) => id));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || !event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    save();
  };
  const mention = (id: string) => {
    const person = colleagues.find((one) => one.id === id);
    if (!person) return;
    choose(person);
    // The menu gives the focus back to its button first.
    setTimeout(() => box.current?.insert(`@${person.fullName} `));
  };
  const leaveOut = ({ id, fullName }: StaffMember) => {
    const others = told.people.filter((person) => person.id !== id).map((person) => person.id);
    setChosen(thread.id, others);
    // A namesake stays named.
    if (told.people.some((person) => person.id !== id && person.fullName === fullName)) return;
    setDraftText(thread.id, "note", withoutMention(draft.text, fullName, staff.map((person) => person.fullName)));
  };
  return (
    <>
      <div className="composer__lock">
        <Icon icon={Lock} />
        {t("note.label")}
      </div>
      <MessageBox
        ref={box}
        label={t("composer.noteLabel")}
        placeholder={t("composer.noteHint")}
        text={draft.text}
        onChange={(text) => setDraftText(thread.id, "note", text)}
        guardBlanks={false}
        readOnly={busy}
        takesFocus={takesFocus}
        onTookFocus={onTookFocus}
        onKeyDown={onKeyDown}
        onKeyFirst={mentions.onKey}
        onCaret={mentions.onCaret}
        picking={mentions.picking}
        onSlash={onPick}
      />
      <MentionPicker mentions={mentions} />
      <MentionedChips told={told} onRemove={leaveOut} />
      <DraftFiles files={files} mode="note" patientName={thread.patientName} sending={saving} />
      <div className="composer__warn">
        <SendFailure error={draft.error} note onAgain={save} />
      </div>
      <div className="composer__tools">
        <span className="end">
          <Button variant="note" icon={Lock} aria-disabled={blocked || undefined} aria-describedby={why ? whyId : undefined} onPress={save}>
            {inTheWay.awaited ? words("waitsShort") : t(saving ? "composer.saving" : "composer.saveNote")}
            <Kbd className="wide-only">Alt ↵</Kbd>
          </Button>
          <Counter length={length} />
          <Kept threadId={thread.id} mode="note" />
          {why && <span id={whyId}><VisuallyHidden>{why}</VisuallyHidden></span>}
        </span>
        <span className="spacer" />
        <AttachTools files={files} mode="note" />
        <Menu
          label={t("composer.mention")} placement="top end" onAction={mention}
          groups={[{ entries: colleagues.map(({ id, fullName, title }) => ({ id, label: fullName, hint: title ?? undefined, leading: <Avatar kind="staff" size="xs" initials={initials(fullName)} /> })) }]}
          trigger={<Button variant="ghost" className="btn--icon" icon={AtSign} aria-label={t("composer.mention")} />}
        />
        {may("use_canned") && (
          <Button variant="ghost" icon={MessageSquareQuote} onPress={onPick}>
            <span className="composer__name">{t("composer.cannedOne")}</span>
          </Button>
        )}
      </div>
    </>
  );
}
