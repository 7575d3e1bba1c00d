import { MessageSquareReply } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Status } from "@/api/types";
import { StatusIcon } from "@/domain/icons";
import { Icon } from "@/ui/Icon";

/** What a patient needs to know of a status: whose turn it is, or that it is closed. */
export type Turn = "waiting" | "replied" | "closed";

/** The patient's word for a status. */
export function turnOf(status: Status): Turn {
  switch (status) {
    case "open":
    case "in-progress":
    case "waiting-provider":
      return "waiting";
    case "waiting-patient":
      return "replied";
    case "closed":
      return "closed";
  }
}

const looks: Record<Turn, string> = { waiting: "in-progress", replied: "reply", closed: "closed" };

/** A status in the patient's words: shape and word first, hue last. */
export function PatientStatus({ status }: { status: Status }) {
  const { t } = useTranslation();
  const turn = turnOf(status);
  return (
    <span className={`status status--${looks[turn]}`}>
      {turn === "replied" ? <Icon icon={MessageSquareReply} /> : <StatusIcon status={turn === "closed" ? "closed" : "waiting-patient"} />}
      {t(`status.${turn}`)}
    </span>
  );
}
