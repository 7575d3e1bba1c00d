import { lazy } from "react";
import { closeDialog, type OpenDialog } from "../../app/dialogs";

const KeysDialog = lazy(() => import("./KeysDialog"));
const CommandBar = lazy(() => import("./CommandBar"));
const EmergencyDialog = lazy(() => import("../emergency/EmergencyDialog"));
const SaveViewDialog = lazy(() => import("../views/SaveViewDialog"));
const RenameViewDialog = lazy(() => import("../views/RenameViewDialog"));
const RemoveViewDialog = lazy(() => import("../views/RemoveViewDialog"));
const ManageViewsDialog = lazy(() => import("../views/ManageViewsDialog"));

/** The dialog that is open, fetched when it opens. */
export default function Dialogs({ open }: { open: OpenDialog }) {
  switch (open.kind) {
    case "keys":
      return <KeysDialog onClose={closeDialog} />;
    case "commands":
      return <CommandBar onClose={closeDialog} />;
    case "emergency":
      return <EmergencyDialog onClose={closeDialog} />;
    case "save-view":
      return <SaveViewDialog open={open} onClose={closeDialog} />;
    case "rename-view":
      return <RenameViewDialog view={open.view} onClose={closeDialog} />;
    case "remove-view":
      return <RemoveViewDialog view={open.view} onClose={closeDialog} />;
    case "manage-views":
      return <ManageViewsDialog onClose={closeDialog} />;
  }
}
