import { ChevronLeft, ChevronRight, Download, RotateCw, Scan, X, ZoomIn, ZoomOut } from "lucide-react";
import { useState } from "react";
import type { ViewerPicture } from "./context";
import { FullScreen } from "./FullScreen";
import { useDownload } from "./hooks";
import { fileSize } from "./rules";
import { Stage } from "./Stage";
import { viewAfterKey, WHOLE, type View } from "./view";
import { ViewerButton } from "./ViewerButton";
import { useWords } from "./words";
import "./viewer.css";

export interface LightboxProps {
  pictures: readonly ViewerPicture[];
  firstId: string;
  onClose: () => void;
}

/** One photo in full: enlarge, move, turn, next, previous, download. */
export function Lightbox({ pictures, firstId, onClose }: LightboxProps) {
  const { words, language } = useWords();
  const [at, setAt] = useState(Math.max(0, pictures.findIndex(({ id }) => id === firstId)));
  const [view, setView] = useState<View>(WHOLE);
  const [turn, setTurn] = useState(0);
  const { state, download } = useDownload();
  const picture = pictures[at];
  if (!picture) return null;

  const go = (to: number) => {
    if (to < 0 || to >= pictures.length) return;
    setAt(to);
    setView(WHOLE);
    setTurn(0);
  };
  const press = (key: string) => setView((old) => viewAfterKey(key, old) ?? old);
  const onKey = (key: string): boolean => {
    const next = viewAfterKey(key, view);
    if (next) setView(next);
    else if (key === "ArrowRight" || key === "PageDown") go(at + 1);
    else if (key === "ArrowLeft" || key === "PageUp") go(at - 1);
    else if (key === "r" || key === "R") setTurn((old) => (old + 1) % 4);
    else return false;
    return true;
  };
  const place = { name: picture.filename, at: at + 1, count: pictures.length };
  const percent = Math.round(view.zoom * 100);
  return (
    <FullScreen label={words("viewer.label")} onClose={onClose} onKey={onKey}>
      <div className="viewer__bar">
        <div className="viewer__name">
          <h2 className="truncate" title={picture.filename}>{picture.filename}</h2>
          <p>
            {[picture.when, fileSize(picture.fileSize, language), pictures.length > 1 && words("viewer.place", place)].filter(Boolean).join(" · ")}
          </p>
        </div>
        <ViewerButton icon={Download} label={words("viewer.download")} onClick={() => void download(picture)} unavailable={state === "busy"} />
        <ViewerButton icon={X} label={words("viewer.close")} hotkey="Escape" onClick={onClose} autoFocus />
      </div>
      <div className="viewer__stage">
        <Stage key={picture.id} picture={picture} view={view} turn={turn} onView={setView} />
        {pictures.length > 1 && (
          <>
            <ViewerButton className="viewer__previous" icon={ChevronLeft} label={words("viewer.previous")} hotkey="PageUp" unavailable={at === 0} onClick={() => go(at - 1)} />
            <ViewerButton className="viewer__next" icon={ChevronRight} label={words("viewer.next")} hotkey="PageDown" unavailable={at === pictures.length - 1} onClick={() => go(at + 1)} />
          </>
        )}
      </div>
      <div className="viewer__tools" role="group" aria-label={words("viewer.label")}>
        <ViewerButton icon={ZoomOut} label={words("viewer.zoomOut")} hotkey="-" unavailable={view.zoom === 1} onClick={() => press("-")} />
        <span className="viewer__zoom" aria-hidden="true">{percent}%</span>
        <ViewerButton icon={ZoomIn} label={words("viewer.zoomIn")} hotkey="+" onClick={() => press("+")} />
        <ViewerButton icon={Scan} label={words("viewer.whole")} hotkey="0" unavailable={view.zoom === 1} onClick={() => setView(WHOLE)} />
        <ViewerButton icon={RotateCw} label={words("viewer.rotate")} hotkey="R" onClick={() => setTurn((old) => (old + 1) % 4)} />
      </div>
      <p className="visually-hidden">{words("viewer.keys")}</p>
      <p className="visually-hidden" role="status">{words("viewer.said", place)}, {percent}%</p>
      {state === "failed" && <p className="viewer__failed" role="alert">{words("tile.downloadFailed")}</p>}
    </FullScreen>
  );
}
