import { createRoute, useNavigate } from "@tanstack/react-router";
import { CloudOff, RotateCw } from "lucide-react";
import { lazy, Suspense, useEffect } from "react";
import { useT } from "@/i18n/useT";
import { SignIn } from "../features/signin/SignIn";
import { Act } from "../frame/Act";
import { Columns } from "../frame/Columns";
import { PracticePage } from "../frame/PracticePage";
import { StatePanel } from "../frame/StatePage";
import { usePractice } from "../practice/practices";
import { UrgentNotice } from "../practice/UrgentNotice";
import { resume, useSession } from "../session/session";
import { practiceRoute } from "./practice";

const SignedIn = lazy(() => import("./signedIn"));
const Elsewhere = lazy(() => import("./Elsewhere"));

/** Pages about somebody's messages: signing in happens in their place, then they appear. */
export const behindSignInRoute = createRoute({
  getParentRoute: () => practiceRoute,
  id: "behind-sign-in",
  component: BehindSignIn,
});

function BehindSignIn() {
  const session = useSession();
  const practice = usePractice();
  const navigate = useNavigate();
  useEffect(() => {
    if (session.kind === "unknown") void resume();
  }, [session.kind]);

  // The next reader of this browser starts at the practice's page, not at somebody's conversation.
  const left = session.kind === "out" && session.reason === "signed-out";
  useEffect(() => {
    if (left) void navigate({ to: "/$practice", params: { practice: practice.slug }, search: { show: "all" }, replace: true });
  }, [left, navigate, practice.slug]);

  switch (session.kind) {
    case "unknown":
      return <PracticePage>{<Columns>{null}</Columns>}</PracticePage>;
    case "unreachable":
      return <Unreachable />;
    case "out":
      return (
        <PracticePage>
          <SignIn practice={practice} reason={session.reason} urgent={<UrgentNotice brief />} />
        </PracticePage>
      );
    case "in":
      return (
        <Suspense fallback={<PracticePage><Columns>{null}</Columns></PracticePage>}>
          {session.me.tenant.slug === practice.slug ? <SignedIn /> : <Elsewhere name={session.me.tenant.name} slug={session.me.tenant.slug} />}
        </Suspense>
      );
  }
}

function Unreachable() {
  const { t } = useT();
  const { phone } = usePractice();
  return (
    <PracticePage>
      <Columns>
        <StatePanel icon={CloudOff} danger level={1} title={t("unreachable.heading")} hint={t("unreachable.hint", { phone })}>
          <Act icon={RotateCw} onClick={() => void resume()}>{t("app.tryAgain")}</Act>
        </StatePanel>
      </Columns>
    </PracticePage>
  );
}
