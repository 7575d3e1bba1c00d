import { FileText, FileType, RotateCw, X } from "lucide-react";
import type { MouseEvent } from "react";
import { Icon } from "@/ui/Icon";
import { useOwnPicture } from "./hooks";
import { fileSize, looksLikePicture, shortKind } from "./rules";
import type { Upload } from "./uploadState";
import { useWords } from "./words";

function StateLine({ upload }: { upload: Upload }) {
  const { words, language } = useWords();
  const { state, file } = upload;
  switch (state.kind) {
    case "waiting":
      return <span>{words("waiting")}</span>;
    case "uploading": {
      const percent = Math.round(state.part * 100);
      return (
        <>
          <span>{words("uploading", { percent })}</span>
          <span className="bar" role="progressbar" aria-label={words("progress", { name: file.name })} aria-valuenow={percent} aria-valuemin={0} aria-valuemax={100}>
            <span style={{ width: `${percent}%` }} />
          </span>
        </>
      );
    }
    case "lost":
      return <span>{words(state.why === "offline" ? "lost" : "busy")}</span>;
    case "checking":
      return <span>{words("checking")}</span>;
    case "ready":
      return <span>{fileSize(file.size, language)}</span>;
    case "failed":
      return <span className="tray__failed">{words("notArrived")}</span>;
    case "refused":
      return null;
  }
}

export interface UploadTileProps {
  upload: Upload;
  /** On its way with its message: too late to take it out. */
  locked?: boolean;
  onRemove: () => void;
  onRetry: () => void;
}

/** One chosen file: its picture or kind, how far it is, and the way out. */
export function UploadTile({ upload, locked, onRemove, onRetry }: UploadTileProps) {
  const { words } = useWords();
  const { file, state } = upload;
  const picture = looksLikePicture(file);
  const url = useOwnPicture(file, picture);
  const moving = state.kind === "uploading" || state.kind === "waiting" || state.kind === "lost";
  const failed = state.kind === "failed";
  const retry = (event: MouseEvent<HTMLButtonElement>) => {
    // This button goes: the focus stays with its file.
    event.currentTarget.parentElement?.querySelector<HTMLButtonElement>(".thumb__x")?.focus();
    onRetry();
  };
  return (
    <li className={failed ? "thumb upload upload--failed" : "thumb upload"}>
      {picture && url ? (
        <img className="ph" src={url} alt={words("photo", { name: file.name })} draggable={false} />
      ) : (
        <span className="ph upload__kind" aria-hidden="true">
          <Icon icon={shortKind(file.name) === "PDF" ? FileText : FileType} size="lg" />
          {shortKind(file.name)}
        </span>
      )}
      <span className="thumb__cap">
        <b className="truncate" title={file.name}>{file.name}</b>
        <StateLine upload={upload} />
      </span>
      {failed && (
        <button type="button" className="btn btn--secondary btn--sm upload__retry" onClick={retry} aria-label={words("retryNamed", { name: file.name })}>
          <Icon icon={RotateCw} size="sm" />
          {words("retry")}
        </button>
      )}
      <button type="button" className="thumb__x" onClick={locked ? undefined : onRemove} aria-disabled={locked || undefined} aria-label={words(moving ? "cancel" : "remove", { name: file.name })}>
        <Icon icon={X} />
      </button>
    </li>
  );
}
