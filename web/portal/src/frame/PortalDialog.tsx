import type { ReactNode } from "react";
import { Dialog } from "@/ui/Dialog";

export interface PortalDialogProps {
  title: string;
  role?: "dialog" | "alertdialog";
  onClose: () => void;
  children: ReactNode;
}

/** A decision in the portal's size: large words, large targets, closed by its buttons or Escape. */
export function PortalDialog({ title, role = "dialog", onClose, children }: PortalDialogProps) {
  return (
    <Dialog isOpen onClose={onClose} title={title} role={role} className="portal-dialog">
      {children}
    </Dialog>
  );
}
