import "../words/access";
import { QueryClientProvider } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { ArrowLeft, Lock, Phone } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "@/ui/Icon";
import { PhoneSentence } from "../practice/PhoneSentence";
import { usePractice } from "../practice/practices";
import { UrgentNotice } from "../practice/UrgentNotice";
import { queryClient } from "../session/cache";
import { PracticePage } from "./PracticePage";
import { usePageTitle } from "./usePageTitle";

/** The frame of the pages before signing in: one card, the way back, and whom to call. */
export function DoorPage({ title, children }: { title: string; children: ReactNode }) {
  const { t } = useTranslation();
  const { slug, name } = usePractice();
  usePageTitle(t(title, { practice: name }));
  return (
    <QueryClientProvider client={queryClient}>
      <PracticePage>
        <main id="main" className="psign" tabIndex={-1}>
          <div className="door">
            <Link to="/$practice" params={{ practice: slug }} search={{ show: "all" }} className="back">
              <Icon icon={ArrowLeft} />
              {t("door.back")}
            </Link>
            {children}
          </div>
          <div className="side">
            <UrgentNotice brief />
            <ul>
              <li><Icon icon={Phone} size="lg" /><span><PhoneSentence i18nKey="door.help" /></span></li>
              <li><Icon icon={Lock} size="lg" /><span>{t("door.private")}</span></li>
            </ul>
          </div>
        </main>
      </PracticePage>
    </QueryClientProvider>
  );
}
