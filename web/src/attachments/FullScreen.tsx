import { useEffect, useRef, type ReactNode } from "react";
import { Dialog } from "react-aria-components/Dialog";
import { Modal, ModalOverlay } from "react-aria-components/Modal";

export interface FullScreenProps {
  label: string;
  onClose: () => void;
  /** Answers whether the key was one of the viewer's. */
  onKey: (key: string) => boolean;
  children: ReactNode;
}

/** A dark room over the page: the focus stays inside, Escape leaves, and the opener gets the focus back. */
export function FullScreen({ label, onClose, onKey, children }: FullScreenProps) {
  const latest = useRef(onKey);
  useEffect(() => {
    latest.current = onKey;
  });
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      // A list that has the focus keeps its own keys.
      if (event.target instanceof HTMLSelectElement) return;
      if (latest.current(event.key)) event.preventDefault();
    };
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, []);
  return (
    <ModalOverlay className="viewer-scrim" isOpen onOpenChange={(open) => !open && onClose()}>
      <Modal className="viewer-modal">
        <Dialog className="viewer-dialog" aria-label={label}>
          {/* Dark in both themes: nothing around a photo should outshine it. */}
          <div className="viewer" data-theme="dark">{children}</div>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
