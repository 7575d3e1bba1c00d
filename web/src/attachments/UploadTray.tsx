import { CircleAlert } from "lucide-react";
import { useRef, type ReactNode } from "react";
import { Banner } from "@/ui/Banner";
import { useAttachments } from "./context";
import { useChecks, useDraftFiles } from "./hooks";
import { Failed, Refused } from "./UploadNotices";
import { UploadTile } from "./UploadTile";
import { useUploadNews } from "./useUploadNews";
import { useWords } from "./words";
import "./attachments.css";

export interface UploadTrayProps {
  /** The draft that the files belong to. */
  name: string;
  /** Says whose eyes the files are for, where that needs saying. */
  label?: string;
  /** The word for "nothing was sent": a note is saved. */
  heldWord?: "held" | "heldNote";
  className?: string;
  /** The message is being sent: its files stay as they are. */
  locked?: boolean;
  /** Stands at the end of the tiles, such as "Add photo or file". */
  end?: ReactNode;
  /** Takes the focus when the button that had it is gone and no other file is left. */
  onEmptied?: () => void;
}

/** The chosen files of a draft, from the choice to the sending. */
export function UploadTray({ name, label, heldWord = "held", className, locked, end, onEmptied }: UploadTrayProps) {
  const { words } = useWords();
  const { uploads } = useAttachments();
  const { items, held } = useDraftFiles(name);
  const list = useRef<HTMLUListElement>(null);
  const news = useUploadNews(items);
  const checking = items.flatMap(({ state }) => (state.kind === "checking" ? [state.file.id] : []));
  useChecks(checking, (file) => uploads.note(file));
  const refused = items.filter(({ state }) => state.kind === "refused");
  const tiles = items.filter(({ state }) => state.kind !== "refused");

  const remove = (id: string) => {
    const at = tiles.findIndex((tile) => tile.id === id);
    uploads.remove(name, id);
    // The button that was pressed is gone: the focus goes to its neighbour, or to where files are added.
    requestAnimationFrame(() => {
      const buttons = list.current?.querySelectorAll<HTMLButtonElement>(".thumb__x");
      const next = buttons?.[Math.min(at, buttons.length - 1)];
      if (next) next.focus();
      else onEmptied?.();
    });
  };
  return (
    <>
      {/* Always there: a region that appears with its words is not read out. */}
      <span className="visually-hidden" aria-live="polite">{news.polite}</span>
      <span className="visually-hidden" aria-live="assertive">{news.urgent}</span>
      {held && (
        <Banner tone="danger" icon={CircleAlert} live="alert"><b>{words(heldWord)}</b> {words("heldText")}</Banner>
      )}
      {(tiles.length > 0 || end) && (
        <div className={className}>
          {tiles.length > 0 && (
            <ul className="tray" aria-label={label ?? words("list")} ref={list}>
              {tiles.map((upload) => (
                <UploadTile key={upload.id} upload={upload} locked={locked} onRemove={() => remove(upload.id)} onRetry={() => uploads.retry(name, upload.id)} />
              ))}
            </ul>
          )}
          {end}
        </div>
      )}
      <Failed items={items.filter(({ state }) => state.kind === "failed")} />
      {refused.length > 0 && <Refused items={refused} onDismiss={(code) => { uploads.dismiss(name, code); onEmptied?.(); }} />}
    </>
  );
}
