import { CloudOff } from "lucide-react";
import { lazy, Suspense } from "react";
import { useTranslation } from "react-i18next";
import { I18nProvider } from "react-aria-components/I18nProvider";
import { Button } from "@/ui/Button";
import { EmptyState } from "@/ui/EmptyState";
import { usePublicPage, type PublicPage } from "./app/publicPage";
import { startSession, useSession } from "./app/session";
import { LockScreen, SignInPage } from "./features/session/SignInPage";

// The door opens without the house: nobody downloads the inbox to sign in.
const SignedIn = lazy(() => import("./app/SignedIn"));
const InvitationPage = lazy(() => import("./features/passwords/InvitationPage"));
const ResetPasswordPage = lazy(() => import("./features/passwords/ResetPasswordPage"));

function Unreachable() {
  const { t } = useTranslation();
  return (
    <main className="grid h-dvh">
      <EmptyState icon={CloudOff} tone="danger" headingLevel={2} title={t("unreachable.title")} action={<Button variant="primary" onPress={() => void startSession()}>{t("tryAgain")}</Button>}>
        {t("unreachable.text")}
      </EmptyState>
    </main>
  );
}

/** By session: the app, the door, or the door with somebody's name on it. */
function BySession() {
  const session = useSession();
  switch (session.kind) {
    case "starting":
      return null;
    case "unreachable":
      return <Unreachable />;
    case "signed-out":
      return <SignInPage reason={session.reason} start={session.start} />;
    case "locked":
      return <LockScreen person={session.person} />;
    case "signed-in":
      return <SignedIn />;
  }
}

/** A link of a mail, or a password that was lost. Another link is another page. */
function Public({ page }: { page: PublicPage }) {
  return page.kind === "invitation" ? <InvitationPage key={page.token} token={page.token} /> : <ResetPasswordPage key={page.token} token={page.token} start={page.start} />;
}

/** Signed in, the app; otherwise the door, at any address but those of mails. */
export function App() {
  const { i18n } = useTranslation();
  const page = usePublicPage();
  return (
    <I18nProvider locale={i18n.language === "es" ? "es-US" : "en-US"}>
      <Suspense>{page ? <Public page={page} /> : <BySession />}</Suspense>
    </I18nProvider>
  );
}
