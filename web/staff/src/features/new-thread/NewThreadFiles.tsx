import { Paperclip } from "lucide-react";
import { useRef } from "react";
import { ChooseFiles } from "@/attachments/ChooseFiles";
import { useAttachments } from "@/attachments/context";
import { FileCatcher } from "@/attachments/FileCatcher";
import { useDraftFiles } from "@/attachments/hooks";
import { UploadTray } from "@/attachments/UploadTray";
import { pendingOf } from "@/attachments/uploadState";
import { useWords } from "@/attachments/words";
import { Banner } from "@/ui/Banner";
import { Button } from "@/ui/Button";

/** The name of the only draft that belongs to no conversation yet. */
export const NEW_THREAD_FILES = "new";

/** The files of a conversation's first message. */
export function NewThreadFiles({ sending }: { sending: boolean }) {
  const { words } = useWords();
  const { uploads } = useAttachments();
  const draft = useDraftFiles(NEW_THREAD_FILES);
  const attach = useRef<HTMLButtonElement>(null);
  return (
    <div className="page-form__files">
      <FileCatcher name={NEW_THREAD_FILES} pane=".page-pane" label={words("dropNew")} />
      <UploadTray name={NEW_THREAD_FILES} locked={sending} onEmptied={() => attach.current?.focus()} />
      <ChooseFiles name={NEW_THREAD_FILES}>
        {(choose) => <Button icon={Paperclip} ref={attach} onPress={choose.files}>{words("attach")}</Button>}
      </ChooseFiles>
      {draft.awaited && (
        <Banner tone="quiet" live="status" end={<Button size="sm" onPress={() => uploads.callOff(NEW_THREAD_FILES)}>{words("callOff")}</Button>}>
          {words("waits", { count: pendingOf(draft) })}
        </Banner>
      )}
    </div>
  );
}
