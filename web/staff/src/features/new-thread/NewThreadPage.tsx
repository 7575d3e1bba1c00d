import "../../words/later";
import { useNavigate } from "@tanstack/react-router";
import { Ban } from "lucide-react";
import { useTranslation } from "react-i18next";
import { AttachmentsProvider } from "@/attachments/context";
import { EmptyState } from "@/ui/EmptyState";
import { useMay } from "../../app/session";
import { useTitle } from "../../app/useTitle";
import { attachments, attachmentWords } from "../../data/attachments";
import { NewThreadForm } from "./NewThreadForm";

/** Starts a conversation with a patient. */
export function NewThreadPage() {
  const { t } = useTranslation();
  const may = useMay();
  const navigate = useNavigate();
  useTitle(t("newThread.title"));
  return (
    <main className="page-pane" id="thread" tabIndex={-1}>
      <div className="pane-bar">
        <h1>{t("newThread.title")}</h1>
      </div>
      {may("start_thread") ? (
        <AttachmentsProvider value={attachments} own={attachmentWords}>
          <NewThreadForm onCreated={(threadId) => void navigate({ to: "/inbox/$view/$threadId", params: { view: "open", threadId }, replace: true })} />
        </AttachmentsProvider>
      ) : (
        <EmptyState icon={Ban} headingLevel={2} title={t("notAllowed")} />
      )}
    </main>
  );
}
