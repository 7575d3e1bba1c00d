import { useImperativeHandle, useRef, type ReactNode, type Ref } from "react";
import { useAttachments } from "./context";
import { useLimits } from "./hooks";
import { acceptOf } from "./rules";

/** Opens the device's own choice. */
export interface Chooser {
  /** Any allowed file, several at once. */
  files: () => void;
  /** The camera, on devices that have one at hand. */
  camera: () => void;
}

/** A phone or a tablet: there a photo is taken rather than looked for. */
export function hasCameraAtHand(): boolean {
  return window.matchMedia("(pointer: coarse)").matches;
}

/** The file fields behind the buttons; `children` draws those. */
export function ChooseFiles({ name, ref, children }: { name: string; ref?: Ref<Chooser>; children: (choose: Chooser) => ReactNode }) {
  const { uploads } = useAttachments();
  const limits = useLimits();
  const any = useRef<HTMLInputElement>(null);
  const camera = useRef<HTMLInputElement>(null);
  const choose: Chooser = { files: () => any.current?.click(), camera: () => camera.current?.click() };
  useImperativeHandle(ref, () => choose);
  const take = (input: HTMLInputElement) => {
    uploads.add(name, [...(input.files ?? [])], limits);
    // The same file may be chosen again after it was removed.
    input.value = "";
  };
  const field = { type: "file", hidden: true, tabIndex: -1, "aria-hidden": true } as const;
  return (
    <>
      {children(choose)}
      <input {...field} ref={any} data-files="any" multiple accept={acceptOf(limits)} onChange={(event) => take(event.currentTarget)} />
      <input {...field} ref={camera} data-files="camera" accept="image/jpeg" capture="environment" onChange={(event) => take(event.currentTarget)} />
    </>
  );
}
