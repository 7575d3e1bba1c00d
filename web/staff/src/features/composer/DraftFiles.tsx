import { Lock } from "lucide-react";
import { useAttachments } from "@/attachments/context";
import { FileCatcher } from "@/attachments/FileCatcher";
import { useDraftFiles } from "@/attachments/hooks";
import { UploadTray } from "@/attachments/UploadTray";
import { failedOf, pendingOf } from "@/attachments/uploadState";
import { useWords } from "@/attachments/words";
import { shortName } from "@/domain/words";
import { Banner } from "@/ui/Banner";
import { Button } from "@/ui/Button";
import { Icon } from "@/ui/Icon";
import type { Mode } from "./drafts";

interface DraftFilesProps {
  files: string;
  mode: Mode;
  patientName: string;
  sending: boolean;
}

const focusAttach = (mode: Mode) => document.querySelector<HTMLElement>(`[data-attach=${mode}]`)?.focus();

/** The files of a draft, and what Send waits for. */
export function DraftFiles({ files, mode, patientName, sending }: DraftFilesProps) {
  const { words } = useWords();
  const { uploads } = useAttachments();
  const draft = useDraftFiles(files);
  const note = mode === "note";
  const shown = draft.items.some(({ state }) => state.kind !== "refused");
  return (
    <>
      <FileCatcher
        name={files} pane=".thread-pane" tone={note ? "note" : undefined}
        label={note ? words("dropNote") : words("drop", { name: shortName(patientName) })}
      />
      {note && shown && (
        <div className="composer__attach">
          <span className="tray-lock"><Icon icon={Lock} />{words("noteFiles")}</span>
        </div>
      )}
      <div className="composer__files">
        <UploadTray name={files} className="composer__attach" locked={sending} label={note ? words("noteFiles") : undefined} heldWord={note ? "heldNote" : "held"} onEmptied={() => focusAttach(mode)} />
        {draft.awaited && (
          <Banner tone="quiet" live="status" end={<Button size="sm" onPress={() => uploads.callOff(files)}>{words("callOff")}</Button>}>
            {words(note ? "waitsNote" : "waits", { count: pendingOf(draft) })}
          </Banner>
        )}
      </div>
    </>
  );
}

/** Whether a draft waits for its files, and why it cannot be sent because of them. */
export function useFilesInTheWay(files: string): { awaited: boolean; why: string } {
  const { words } = useWords();
  const draft = useDraftFiles(files);
  const failed = failedOf(draft);
  return { awaited: draft.awaited, why: failed > 0 ? words("blocked", { count: failed }) : "" };
}
