import { CloudOff } from "lucide-react";
import { lazy, Suspense } from "react";
import { useTranslation } from "react-i18next";
import { I18nProvider } from "react-aria-components/I18nProvider";
import { Button } from "@/ui/Button";
import { EmptyState } from "@/ui/EmptyState";
import { startSession, useSession } from "./app/session";
import { SignInPage } from "./features/session/SignInPage";

// The door opens without the house: nobody downloads the inbox to sign in.
const SignedIn = lazy(() => import("./app/SignedIn"));

/** Signed in, the app; otherwise the door, at any address. */
export function App() {
  const { t, i18n } = useTranslation();
  const session = useSession();
  return (
    <I18nProvider locale={i18n.language === "es" ? "es-US" : "en-US"}>
      {session.kind === "signed-in" && (
        <Suspense>
          <SignedIn />
        </Suspense>
      )}
      {session.kind === "signed-out" && <SignInPage reason={session.reason} />}
      {session.kind === "unreachable" && (
        <main className="grid h-dvh">
          <EmptyState icon={CloudOff} tone="danger" headingLevel={2} title={t("unreachable.title")} action={<Button variant="primary" onPress={() => void startSession()}>{t("tryAgain")}</Button>}>
            {t("unreachable.text")}
          </EmptyState>
        </main>
      )}
    </I18nProvider>
  );
}
