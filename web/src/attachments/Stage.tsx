import { ImageOff, RotateCw } from "lucide-react";
import { Icon } from "@/ui/Icon";
import type { ViewerPicture } from "./context";
import { usePicture } from "./hooks";
import { useGestures, type View } from "./view";
import { useWords } from "./words";

export interface StageProps {
  picture: ViewerPicture;
  view: View;
  /** Quarter turns to the right. */
  turn: number;
  onView: (change: (view: View) => View) => void;
}

/** One photo in its frame, as large as the view says. */
export function Stage({ picture, view, turn, onView }: StageProps) {
  const { words } = useWords();
  const { url, failed, again } = usePicture(picture.id, "full");
  const { dragging, handlers } = useGestures(view, onView);
  const shift = (middle: number) => `${(0.5 - middle) * view.zoom * 100}%`;
  const classes = ["stage", view.zoom > 1 && "stage--zoomed", dragging && "stage--dragging"].filter(Boolean).join(" ");
  if (failed)
    return (
      <div className="stage stage--empty" role="alert">
        <Icon icon={ImageOff} size="xl" />
        {words("viewer.failed")}
        <button type="button" className="btn btn--secondary" onClick={again}><Icon icon={RotateCw} />{words("retry")}</button>
      </div>
    );
  return (
    <div className={classes} {...(url ? handlers : {})}>
      {url ? (
        <div className="stage__moved" style={{ transform: `translate(${shift(view.x)}, ${shift(view.y)}) scale(${view.zoom})` }}>
          <img
            className={turn % 2 === 0 ? "stage__picture" : "stage__picture stage__picture--turned"}
            style={{ transform: `rotate(${turn * 90}deg)` }} src={url} draggable={false}
            alt={words("viewer.picture", { name: picture.filename, zoom: Math.round(view.zoom * 100) })}
          />
        </div>
      ) : (
        <p className="stage__loading" role="status">{words("viewer.loading")}</p>
      )}
    </div>
  );
}
