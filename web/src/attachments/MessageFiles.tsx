import { Download, FileText, FileType, FileX, Hourglass, ImageOff } from "lucide-react";
import { useState } from "react";
import type { Attachment } from "@/api/types";
import { Icon } from "@/ui/Icon";
import { useViewer, type ViewerPicture } from "./context";
import { useChecks, useDownload, useNear, usePicture } from "./hooks";
import { fileSize, isPicture, shortKind } from "./rules";
import { useWords } from "./words";
import "./attachments.css";

/** The pictures among some files that can be looked at. */
export function picturesOf(files: readonly Attachment[], when?: string): ViewerPicture[] {
  return files
    .filter(({ mimeType, state }) => isPicture(mimeType) && state === "available")
    .map(({ id, filename, fileSize: size }) => ({ id, filename, fileSize: size, when }));
}

/** A photo as its thumbnail; opens in full. Fetched only when it comes near the screen. */
export function PictureButton({ picture, onOpen, caption }: { picture: ViewerPicture; onOpen: () => void; caption?: boolean }) {
  const { words, language } = useWords();
  const [ref, near] = useNear<HTMLButtonElement>();
  const { url, failed, again } = usePicture(picture.id, "thumbnail", near);
  const name = words("photo", { name: picture.filename });
  return (
    <button type="button" className="thumb thumb--open" ref={ref} onClick={failed ? again : onOpen} title={words(failed ? "retry" : "tile.open")}>
      {url ? (
        <img className="ph" src={url} alt={name} draggable={false} />
      ) : (
        <span className={failed ? "ph upload__kind" : "ph upload__kind upload__kind--loading"}>
          {failed && <Icon icon={ImageOff} size="lg" />}
          {failed && words("tile.failed")}
          <span className="visually-hidden">{name}</span>
        </span>
      )}
      {caption && (
        <span className="thumb__cap">
          <b className="truncate" aria-hidden="true">{picture.filename}</b>
          <span>{fileSize(picture.fileSize, language)}</span>
        </span>
      )}
    </button>
  );
}

/** A document: name, kind, size; a press downloads it. */
function FileCard({ file }: { file: Attachment }) {
  const { words, language } = useWords();
  const { state, download } = useDownload();
  const icon = shortKind(file.filename) === "PDF" ? FileText : FileType;
  const facts = `${shortKind(file.filename)}, ${fileSize(file.fileSize, language)}`;
  return (
    <button type="button" className="file file--open" onClick={() => void download(file)} title={words("tile.download", { name: file.filename })}>
      <Icon icon={icon} size="lg" />
      <span className="file__name">
        <span className="truncate">{file.filename}</span>
        <small className={state === "failed" ? "file__failed" : undefined} role="status">
          {state === "busy" ? words("tile.downloading") : state === "failed" ? words("tile.downloadFailed") : facts}
        </small>
      </span>
      <Icon icon={Download} />
      {state === "done" && <span className="visually-hidden" role="status">{words("tile.downloaded", { name: file.filename })}</span>}
    </button>
  );
}

/** A file that cannot be opened, and why. */
function Unopened({ file }: { file: Attachment }) {
  const { words } = useWords();
  const reason = {
    scanning: words("tile.checking"),
    processing: words("tile.checking"),
    available: "",
    rejected: words(`rejected.${file.refusal ?? "other"}`),
    failed: words("notReadable"),
  }[file.state];
  const waits = file.state === "scanning" || file.state === "processing";
  return (
    <div className={waits ? "file file--waits" : "file file--gone"}>
      <Icon icon={waits ? Hourglass : FileX} size="lg" />
      <span className="file__name">
        <span className="truncate" title={file.filename}>{file.filename}</span>
        <small>{reason}</small>
      </span>
    </div>
  );
}

/** Every file of a message: photos in a grid, documents as cards, what is being checked as such. */
export function MessageFiles({ files, when }: { files: readonly Attachment[]; when?: string }) {
  const { words } = useWords();
  const open = useViewer();
  // The conversation is asked anew every few seconds as well: the newer word is the one that is further on.
  const [checked, setChecked] = useState<Record<string, Attachment>>({});
  const latest = files.map((file) => (waiting(file) ? (checked[file.id] ?? file) : file));
  useChecks(latest.filter(waiting).map(({ id }) => id), (file) => setChecked((known) => ({ ...known, [file.id]: { ...files.find(({ id }) => id === file.id), ...file } })));
  const pictures = picturesOf(latest, when);
  return (
    <ul className="attachments" aria-label={words("list")}>
      {latest.map((file) => {
        const picture = pictures.find(({ id }) => id === file.id);
        return (
          <li key={file.id}>
            {picture ? <PictureButton picture={picture} caption onOpen={() => open(pictures, file.id)} /> : file.state === "available" ? <FileCard file={file} /> : <Unopened file={file} />}
          </li>
        );
      })}
    </ul>
  );
}

const waiting = ({ state }: Attachment) => state === "scanning" || state === "processing";
