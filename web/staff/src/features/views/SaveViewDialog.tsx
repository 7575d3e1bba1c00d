import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { newIdempotencyKey } from "@/api/client";
import type { OpenDialog } from "../../app/dialogs";
import { viewKey } from "../../data/savedViews";
import { createView } from "../../data/saveViews";
import { ViewForm } from "./ViewForm";

interface SaveViewDialogProps {
  open: Extract<OpenDialog, { kind: "save-view" }>;
  onClose: () => void;
}

/** Keeps a filter or a search as a view, and shows it. */
export default function SaveViewDialog({ open, onClose }: SaveViewDialogProps) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [key] = useState(newIdempotencyKey);
  const save = async (name: string, isShared: boolean) => {
    const id = await createView({ name, isShared, filter: open.filter }, key);
    onClose();
    void navigate({ to: "/inbox/$view", params: { view: viewKey({ id }) } });
  };
  return <ViewForm title={t(open.filter.search ? "views.saveSearch" : "views.save")} name={open.name ?? ""} isShared={false} onSave={save} onClose={onClose} />;
}
