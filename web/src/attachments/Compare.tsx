import { differenceInCalendarDays } from "date-fns";
import { ArrowLeftRight, Link2, RotateCw, Scan, Unlink2, X, ZoomIn, ZoomOut } from "lucide-react";
import { useId, useState } from "react";
import { shortDate, timeOfDay } from "@/i18n/dates";
import type { ViewerPicture } from "./context";
import { FullScreen } from "./FullScreen";
import { Stage } from "./Stage";
import { viewAfterKey, WHOLE, type View } from "./view";
import { ViewerButton } from "./ViewerButton";
import { useWords } from "./words";
import "./viewer.css";

/** A photo with the moment it was sent. */
export interface DatedPicture extends ViewerPicture {
  sentAt: string;
  when: string;
}

interface SideProps {
  label: string;
  pictures: readonly DatedPicture[];
  picture: DatedPicture;
  view: View;
  onChoose: (id: string) => void;
  onView: (change: (view: View) => View) => void;
  rotateLabel: string;
}

function Side({ label, pictures, picture, view, onChoose, onView, rotateLabel }: SideProps) {
  const { words, language } = useWords();
  const id = useId();
  const dateOf = ({ sentAt }: DatedPicture) => `${shortDate(sentAt, language)}, ${timeOfDay(sentAt, language)}`;
  const [turns, setTurns] = useState<Record<string, number>>({});
  const turn = turns[picture.id] ?? 0;
  return (
    <section className="compare__side" aria-label={label}>
      <div className="compare__choice">
        <label htmlFor={id} className="visually-hidden">{label}</label>
        <select id={id} className="compare__select" value={picture.id} onChange={(event) => onChoose(event.target.value)}>
          {pictures.map((each) => (
            <option key={each.id} value={each.id}>{words("compare.option", { date: dateOf(each), name: each.filename })}</option>
          ))}
        </select>
        <ViewerButton icon={RotateCw} label={rotateLabel} onClick={() => setTurns({ ...turns, [picture.id]: (turn + 1) % 4 })} />
      </div>
      <Stage key={picture.id} picture={picture} view={view} turn={turn} onView={onView} />
      <p className="compare__date">{picture.when}</p>
    </section>
  );
}

export interface CompareProps {
  /** Oldest first. */
  pictures: readonly DatedPicture[];
  firstId?: string;
  secondId?: string;
  onClose: () => void;
}

/** Two photos of a conversation side by side, moved and enlarged together: what has changed shows. */
export function Compare({ pictures, firstId = "", secondId = "", onClose }: CompareProps) {
  const { words } = useWords();
  const [ids, setIds] = useState<[string, string]>([firstId, secondId]);
  const [views, setViews] = useState<[View, View]>([WHOLE, WHOLE]);
  const [together, setTogether] = useState(true);
  const [first, second] = ids.map((id) => pictures.find((picture) => picture.id === id));
  if (!first || !second) return null;

  const change = (side: 0 | 1) => (next: (view: View) => View) =>
    setViews((old) => {
      const changed = next(old[side]);
      if (together) return [changed, changed];
      return side === 0 ? [changed, old[1]] : [old[0], changed];
    });
  const both = (key: string) => setViews((old) => [viewAfterKey(key, old[0]) ?? old[0], viewAfterKey(key, old[1]) ?? old[1]]);
  const onKey = (key: string): boolean => {
    if (!viewAfterKey(key, views[0]) && !viewAfterKey(key, views[1])) return false;
    both(key);
    return true;
  };
  const days = Math.abs(differenceInCalendarDays(new Date(second.sentAt), new Date(first.sentAt)));
  const whole = views.every(({ zoom }) => zoom === 1);
  const percent = Math.round(views[0].zoom * 100);
  return (
    <FullScreen label={words("compare.title")} onClose={onClose} onKey={onKey}>
      <div className="viewer__bar">
        <div className="viewer__name">
          <h2>{words("compare.title")}</h2>
          <p role="status">{days === 0 ? words("compare.sameDay") : words("compare.days", { count: days })}</p>
        </div>
        <ViewerButton icon={X} label={words("viewer.close")} hotkey="Escape" onClick={onClose} autoFocus />
      </div>
      <div className="compare">
        <Side label={words("compare.left")} rotateLabel={words("compare.rotateLeft")} pictures={pictures} picture={first} view={views[0]} onChoose={(id) => setIds([id, ids[1]])} onView={change(0)} />
        <Side label={words("compare.right")} rotateLabel={words("compare.rotateRight")} pictures={pictures} picture={second} view={views[1]} onChoose={(id) => setIds([ids[0], id])} onView={change(1)} />
      </div>
      <div className="viewer__tools" role="group" aria-label={words("compare.title")}>
        <ViewerButton icon={ZoomOut} label={words("viewer.zoomOut")} hotkey="-" unavailable={whole} onClick={() => both("-")} />
        <span className="viewer__zoom" aria-hidden="true">{percent}%</span>
        <ViewerButton icon={ZoomIn} label={words("viewer.zoomIn")} hotkey="+" onClick={() => both("+")} />
        <ViewerButton icon={Scan} label={words("viewer.whole")} hotkey="0" unavailable={whole} onClick={() => setViews([WHOLE, WHOLE])} />
        <ViewerButton
          icon={together ? Link2 : Unlink2} label={words("compare.together")} pressed={together}
          onClick={() => {
            setTogether(!together);
            if (!together) setViews([views[0], views[0]]);
          }}
        />
        <ViewerButton icon={ArrowLeftRight} label={words("compare.swap")} onClick={() => setIds([ids[1], ids[0]])} />
      </div>
      <p className="visually-hidden">{words("compare.keys")}</p>
      <p className="visually-hidden" role="status">{percent}%</p>
    </FullScreen>
  );
}
