import { Link } from "@tanstack/react-router";
import { ArrowLeft } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "@/ui/Icon";
import { usePractice } from "../practice/practices";

export interface ColumnsProps {
  /** A way back to the list; in other words than usual where the list shows something else. */
  back?: boolean | string;
  /** The column beside the page; below it where there is no room. */
  side?: ReactNode;
  sideLabel?: string;
  children: ReactNode;
}

/** A page and its help column, or a page alone. */
export function Columns({ back, side, sideLabel, children }: ColumnsProps) {
  return (
    <div className={side ? "portal" : "portal portal--solo"}>
      <main id="main" tabIndex={-1}>
        {back && <BackLink words={back === true ? undefined : back} />}
        {children}
      </main>
      {side && <aside className="side" aria-label={sideLabel}>{side}</aside>}
    </div>
  );
}

function BackLink({ words }: { words?: string }) {
  const { t } = useTranslation();
  const { slug } = usePractice();
  return (
    <Link to="/$practice" params={{ practice: slug }} search={{ show: "all" }} className="back">
      <Icon icon={ArrowLeft} />
      {words ?? t("app.allMessages")}
    </Link>
  );
}
