import { Camera, ImagePlus } from "lucide-react";
import { useId, useRef, type Ref } from "react";
import { ChooseFiles, hasCameraAtHand, type Chooser } from "@/attachments/ChooseFiles";
import { useAttachments } from "@/attachments/context";
import { FileCatcher } from "@/attachments/FileCatcher";
import { useDraftFiles, useLimits } from "@/attachments/hooks";
import { fileSize, kindNames } from "@/attachments/rules";
import { UploadTray } from "@/attachments/UploadTray";
import { failedOf, pendingOf } from "@/attachments/uploadState";
import { useWords } from "@/attachments/words";
import { Banner } from "@/ui/Banner";
import { Icon } from "@/ui/Icon";
import { Act } from "../../frame/Act";

/** "Photos or files": the whole field of a new message. */
export function FilesField({ files, sending }: { files: string; sending: boolean }) {
  const { words, language } = useWords();
  const limits = useLimits();
  const id = useId();
  const add = useRef<HTMLButtonElement>(null);
  const hint = limits
    ? words("hint", { kinds: new Intl.ListFormat(language, { type: "disjunction" }).format(kindNames(limits)), size: fileSize(limits.maxFileBytes, language) })
    : words("hintShort");
  return (
    <div className="field" role="group" aria-labelledby={id} aria-describedby={`${id}-hint`}>
      <span className="field__label" id={id}>{words("field")}</span>
      <p className="field__hint" id={`${id}-hint`}>{hint}</p>
      <FileCatcher name={files} pane="main" label={words("drop")} />
      <ChooseFiles name={files}>
        {(choose) => (
          <UploadTray
            name={files} className="drop" locked={sending} onEmptied={() => add.current?.focus()}
            end={
              <>
                {hasCameraAtHand() && (
                  <button type="button" className="add-photo" onClick={choose.camera}>
                    <Icon icon={Camera} size="xl" />
                    {words("camera")}
                  </button>
                )}
                <button type="button" className="add-photo" ref={add} onClick={choose.files}>
                  <Icon icon={ImagePlus} size="xl" />
                  {words("add")}
                </button>
              </>
            }
          />
        )}
      </ChooseFiles>
    </div>
  );
}

/** The files of a reply, above its buttons. */
export function ReplyFiles({ files, sending, onEmptied }: { files: string; sending: boolean; onEmptied: () => void }) {
  const { words } = useWords();
  return (
    <>
      <FileCatcher name={files} pane="main" label={words("drop")} />
      <UploadTray name={files} className="drop" locked={sending} onEmptied={onEmptied} />
    </>
  );
}

/** The ways to add files to a reply, beside "Send reply". */
export function AddFiles({ files, ref }: { files: string; ref: Ref<HTMLButtonElement> }) {
  const { words } = useWords();
  return (
    <ChooseFiles name={files}>
      {(choose: Chooser) => (
        <>
          {hasCameraAtHand() && <Act variant="secondary" icon={Camera} onClick={choose.camera}>{words("camera")}</Act>}
          <Act variant="secondary" icon={ImagePlus} ref={ref} onClick={choose.files}>{words(hasCameraAtHand() ? "add" : "addShort")}</Act>
        </>
      )}
    </ChooseFiles>
  );
}

/** What Send waits for, with the way back; or why it cannot go. */
export function FilesInTheWay({ files, id }: { files: string; id: string }) {
  const { words } = useWords();
  const { uploads } = useAttachments();
  const draft = useDraftFiles(files);
  const failed = failedOf(draft);
  if (draft.awaited)
    return (
      <Banner tone="info" live="status" id={id} end={<Act variant="secondary" size="sm" onClick={() => uploads.callOff(files)}>{words("callOff")}</Act>}>
        {words("waits", { count: pendingOf(draft) })}
      </Banner>
    );
  return failed > 0 ? <p className="field__hint" id={id}>{words("blocked", { count: failed })}</p> : null;
}
