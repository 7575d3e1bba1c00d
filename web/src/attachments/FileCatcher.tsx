import { Upload } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { createPortal } from "react-dom";
import { Icon } from "@/ui/Icon";
import { useAttachments } from "./context";
import { useLimits } from "./hooks";
import { filesOf } from "./rules";

export interface FileCatcherProps {
  /** The draft that gets the files. */
  name: string;
  /** Selects the pane around this component that takes drops and pastes. */
  pane: string;
  /** Says where the files would go. */
  label: string;
  tone?: "note";
}

const brings = (event: DragEvent) => event.dataTransfer?.types.includes("Files") ?? false;

/** Takes files that are dropped on the pane or pasted in it, and shows where a drop would go. */
export function FileCatcher({ name, pane, label, tone }: FileCatcherProps) {
  const { uploads } = useAttachments();
  const limits = useLimits();
  const anchor = useRef<HTMLSpanElement>(null);
  const [over, setOver] = useState<HTMLElement | null>(null);
  const latest = useRef((files: File[]) => uploads.add(name, files, limits));
  useEffect(() => {
    latest.current = (files) => uploads.add(name, files, limits);
  });
  useEffect(() => {
    const zone = anchor.current?.closest<HTMLElement>(pane);
    if (!zone) return;
    // Entering a child leaves its parent: only the balance says whether the pointer is inside.
    let depth = 0;
    const enter = (event: DragEvent) => {
      if (!brings(event)) return;
      depth += 1;
      setOver(zone);
    };
    const leave = (event: DragEvent) => {
      if (brings(event) && --depth <= 0) end();
    };
    const end = () => {
      depth = 0;
      setOver(null);
    };
    const hover = (event: DragEvent) => {
      if (!brings(event) || !event.dataTransfer) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = "copy";
    };
    const drop = (event: DragEvent) => {
      if (!brings(event)) return;
      event.preventDefault();
      end();
      latest.current(filesOf(event.dataTransfer));
    };
    const paste = (event: ClipboardEvent) => {
      const files = filesOf(event.clipboardData);
      const types = event.clipboardData?.types ?? [];
      // Office programs put a picture of the text beside the text: words were meant. The Finder puts the bare name
      // beside the file: the file was meant.
      if (files.length === 0 || (types.includes("text/plain") && types.includes("text/html"))) return;
      event.preventDefault();
      latest.current(files);
    };
    zone.addEventListener("dragenter", enter);
    zone.addEventListener("dragleave", leave);
    zone.addEventListener("dragover", hover);
    zone.addEventListener("drop", drop);
    zone.addEventListener("paste", paste);
    return () => {
      zone.removeEventListener("dragenter", enter);
      zone.removeEventListener("dragleave", leave);
      zone.removeEventListener("dragover", hover);
      zone.removeEventListener("drop", drop);
      zone.removeEventListener("paste", paste);
    };
  }, [pane]);
  return (
    <>
      <span ref={anchor} hidden />
      {over && createPortal(
        <div className={tone === "note" ? "drop-over drop-over--note" : "drop-over"}>
          <span><Icon icon={Upload} size="lg" />{label}</span>
        </div>,
        over,
      )}
    </>
  );
}
