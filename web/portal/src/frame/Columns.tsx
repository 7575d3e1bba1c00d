import { Link } from "@tanstack/react-router";
import { ArrowLeft } from "lucide-react";
import type { ReactNode } from "react";
import { useT } from "@/i18n/useT";
import { Icon } from "@/ui/Icon";
import { usePractice } from "../practice/practices";

export interface ColumnsProps {
  /** A way back to the list; in other words than usual where the list shows something else. */
  back?: boolean | string;
  /** Where the way back leads, when not to the list. */
  backTo?: "account";
  /** The column beside the page; below it where there is no room. */
  side?: ReactNode;
  sideLabel?: string;
  children: ReactNode;
}

/** A page and its help column, or a page alone. */
export function Columns({ back, backTo, side, sideLabel, children }: ColumnsProps) {
  return (
    <div className={side ? "portal" : "portal portal--solo"}>
      <main id="main" tabIndex={-1}>
        {back && <BackLink words={back === true ? undefined : back} to={backTo} />}
        {children}
      </main>
      {side && <aside className="side" aria-label={sideLabel}>{side}</aside>}
    </div>
  );
}

function BackLink({ words, to }: { words?: string; to?: "account" }) {
  const { t } = useT();
  const { slug } = usePractice();
  const way = to ? ({ to: "/$practice/account" } as const) : ({ to: "/$practice", search: { show: "all" } } as const);
  return (
    <Link {...way} params={{ practice: slug }} className="back">
      <Icon icon={ArrowLeft} />
      {words ?? t("app.allMessages")}
    </Link>
  );
}
