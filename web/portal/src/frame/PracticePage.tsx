import type { ReactNode } from "react";
import { useT } from "@/i18n/useT";
import { usePractice } from "../practice/practices";
import { signOut, useSession } from "../session/session";
import { Footer } from "./Footer";
import { Header } from "./Header";

export interface PracticePageProps {
  /** Where the skip link leads, and its words. */
  skip?: { to: string; words: string };
  /** Below the head: for whom the account acts. */
  strip?: ReactNode;
  children: ReactNode;
}

/** The frame of every page of a practice: skip link, head, page, foot. */
export function PracticePage({ skip, strip, children }: PracticePageProps) {
  const { t } = useT();
  const { slug, name } = usePractice();
  const session = useSession();
  const signedIn = session.kind === "in";
  const here = signedIn && session.me.tenant.slug === slug;
  return (
    <>
      <a className="skip-link" href={`#${skip?.to ?? "main"}`}>{skip?.words ?? t("app.skipToContent")}</a>
      <Header name={name} accountOf={here ? slug : undefined} />
      {strip}
      {children}
      <Footer name={name} practice={slug} onSignOut={signedIn ? () => void signOut() : undefined} />
    </>
  );
}
