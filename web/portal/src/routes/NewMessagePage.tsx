import { useNavigate } from "@tanstack/react-router";
import { CalendarDays, ListChecks, Pill, Store } from "lucide-react";
import { useTranslation } from "react-i18next";
import { AttachmentsProvider } from "@/attachments/context";
import { shortName } from "@/domain/words";
import { Icon } from "@/ui/Icon";
import { ReadOnly } from "../features/acting/ReadOnly";
import { announceArrival } from "../features/threads/arrivals";
import { NewMessageForm } from "../features/threads/NewMessageForm";
import { PhotoTips } from "../features/threads/PhotoTips";
import { Columns } from "../frame/Columns";
import { PageHeading } from "../frame/PageHeading";
import { usePageTitle } from "../frame/usePageTitle";
import { OpenNow } from "../practice/OpenNow";
import { usePractice } from "../practice/practices";
import { UrgentNotice } from "../practice/UrgentNotice";
import { attachments, attachmentWords } from "../session/attachments";
import { useMayWrite, usePatient } from "../session/session";

/** A new message to the care team. */
export default function NewMessagePage() {
  const { t } = useTranslation();
  const { slug, name } = usePractice();
  const patient = usePatient();
  const mayWrite = useMayWrite();
  const navigate = useNavigate();
  usePageTitle(t("pageTitle.newMessage", { practice: name }));
  return (
    <AttachmentsProvider value={attachments} own={attachmentWords}>
      <Columns back side={<WritingHelp />} sideLabel={t("compose.tipsHeading")}>
        <PageHeading>
          {patient.relationship === "self" ? t("compose.headingSelf") : t("compose.headingFor", { name: shortName(patient.fullName) })}
        </PageHeading>
        <OpenNow />
        <UrgentNotice />
        {mayWrite ? (
          <NewMessageForm
            patient={patient}
            onStarted={(threadId) => {
              announceArrival(threadId, "sent");
              // Back from the sent message leads to the list, not to an empty form.
              void navigate({ to: "/$practice/messages/$threadId", params: { practice: slug, threadId }, replace: true });
            }}
          />
        ) : (
          <ReadOnly />
        )}
      </Columns>
    </AttachmentsProvider>
  );
}

function WritingHelp() {
  const { t } = useTranslation();
  return (
    <>
      <section className="card">
        <h2>{t("compose.tipsHeading")}</h2>
        <ul>
          <li><Icon icon={CalendarDays} />{t("compose.tipStart")}</li>
          <li><Icon icon={Pill} />{t("compose.tipMedicine")}</li>
          <li><Icon icon={Store} />{t("compose.tipPharmacy")}</li>
          <li><Icon icon={ListChecks} />{t("compose.tipOne")}</li>
        </ul>
      </section>
      <PhotoTips />
      <section>
        <h2>{t("compose.nextHeading")}</h2>
        <p className="muted">{t("compose.nextText")}</p>
      </section>
    </>
  );
}
