import { createRootRoute, Outlet } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { CloudOff } from "lucide-react";
import { Button } from "@/ui/Button";
import { EmptyState } from "@/ui/EmptyState";
import { startSession, useSession } from "../app/session";
import { SignInPage } from "../features/session/SignInPage";
import { NotFound } from "../features/frame/NotFound";

/** Signed in, the app; otherwise the door, at any address. */
function Root() {
  const { t } = useTranslation();
  const session = useSession();
  switch (session.kind) {
    case "starting":
      return null;
    case "unreachable":
      return (
        <main className="h-dvh grid">
          <EmptyState icon={CloudOff} tone="danger" headingLevel={2} title={t("unreachable.title")} action={<Button variant="primary" onPress={() => void startSession()}>{t("tryAgain")}</Button>}>
            {t("unreachable.text")}
          </EmptyState>
        </main>
      );
    case "signed-out":
      return <SignInPage reason={session.reason} />;
    case "signed-in":
      return <Outlet />;
  }
}

export const rootRoute = createRootRoute({ component: Root, notFoundComponent: NotFound });
