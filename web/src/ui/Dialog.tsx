import type { ReactNode } from "react";
import { Dialog as AriaDialog } from "react-aria-components/Dialog";
import { Heading } from "react-aria-components/Heading";
import { Modal, ModalOverlay } from "react-aria-components/Modal";

export interface DialogProps {
  isOpen: boolean;
  onClose: () => void;
  title: string;
  /** `alertdialog` interrupts: something was refused or is about to be lost. */
  role?: "dialog" | "alertdialog";
  /** False keeps a click outside and Escape from closing it. */
  dismissable?: boolean;
  children: ReactNode;
  /** Buttons; the main act comes last. */
  footer?: ReactNode;
  className?: string;
  /** Lines the dialog up with the top, as the command bar does. */
  atTop?: boolean;
}

/** For decisions only. Focus stays inside and goes back to the opener. */
export function Dialog(props: DialogProps) {
  const { isOpen, onClose, title, role, dismissable = true, children, footer, className, atTop } = props;
  return (
    <ModalOverlay
      className={atTop ? "modal-scrim modal-scrim--top" : "modal-scrim"}
      isOpen={isOpen}
      onOpenChange={(open) => !open && onClose()}
      isDismissable={dismissable}
      isKeyboardDismissDisabled={!dismissable}
    >
      <Modal className="modal">
        <AriaDialog role={role} className={className ? `dialog ${className}` : "dialog"}>
          <div className="dialog__body">
            <Heading slot="title" level={2}>{title}</Heading>
            {children}
          </div>
          {footer && <div className="dialog__foot">{footer}</div>}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}

export interface DrawerProps {
  isOpen: boolean;
  onClose: () => void;
  label: string;
  children: ReactNode;
}

/** A panel that slides over the page from the right. */
export function Drawer({ isOpen, onClose, label, children }: DrawerProps) {
  return (
    <ModalOverlay className="drawer-scrim" isOpen={isOpen} onOpenChange={(open) => !open && onClose()} isDismissable>
      <Modal className="drawer">
        <AriaDialog aria-label={label}>{children}</AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}
