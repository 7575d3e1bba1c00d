import { getRouteApi } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { AttachmentsProvider } from "@/attachments/context";
import { searchKept } from "../features/threads/arrivals";
import { Conversation } from "../features/threads/Conversation";
import { Columns } from "../frame/Columns";
import { HelpColumn } from "../frame/HelpColumn";
import { usePageTitle } from "../frame/usePageTitle";
import { usePractice } from "../practice/practices";
import { attachments, attachmentWords } from "../session/attachments";

const route = getRouteApi("/$practice/behind-sign-in/messages/$threadId");

/** One conversation. */
export default function ConversationPage() {
  const { t } = useTranslation();
  const { name } = usePractice();
  const { threadId } = route.useParams();
  const { message } = route.useSearch();
  const [backToSearch] = useState(searchKept);
  const navigate = route.useNavigate();
  usePageTitle(t("pageTitle.conversation", { practice: name }));
  return (
    <Columns back={backToSearch ? t("search.back") : true} side={<HelpColumn />} sideLabel={t("reach.heading")}>
      <AttachmentsProvider value={attachments} own={attachmentWords}>
        <Conversation
          key={`${threadId}/${message ?? ""}`} threadId={threadId} foundId={message}
          onNewest={() => void navigate({ search: {}, replace: true })}
          onContinued={(next) => void navigate({ params: (before) => ({ ...before, threadId: next }), search: {} })}
        />
      </AttachmentsProvider>
    </Columns>
  );
}
