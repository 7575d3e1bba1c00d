import { Link2Off } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { StatePanel } from "./StatePage";
import { usePractice } from "../practice/practices";

/** A link from a mail that no longer leads anywhere, or came without its secret. */
export function DeadLink({ what, children }: { what: "invitation" | "reset" | "confirm"; children?: ReactNode }) {
  const { t } = useTranslation();
  const { phone } = usePractice();
  return (
    <div className="card">
      <StatePanel icon={Link2Off} level={1} title={t(`${what}.dead`)} hint={t(`${what}.deadHint`, { phone })}>{children}</StatePanel>
    </div>
  );
}
