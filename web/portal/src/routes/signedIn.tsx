import "../words/later";
import { QueryClientProvider } from "@tanstack/react-query";
import { Outlet, useNavigate } from "@tanstack/react-router";
import { lazy, Suspense, useEffect } from "react";
import { ActingChoice } from "../features/acting/ActingChoice";
import { ActingStrip } from "../features/acting/ActingStrip";
import { Columns } from "../frame/Columns";
import { PracticePage } from "../frame/PracticePage";
import { useSkip } from "../frame/useSkip";
import { usePractice } from "../practice/practices";
import { queryClient } from "../session/cache";
import { useMe, useSession } from "../session/session";
import { useStepUpAsked } from "../session/stepUp";
import { useLive } from "../session/useLive";
import { fetchPagesAhead } from "./pages";

const StepUpDialog = lazy(async () => ({ default: (await import("../session/StepUpDialog")).StepUpDialog }));

/** What stands around every page of a signed-in account. */
export default function SignedIn() {
  useEffect(() => {
    const timer = setTimeout(fetchPagesAhead, 1_500);
    return () => clearTimeout(timer);
  }, []);
  return (
    <QueryClientProvider client={queryClient}>
      <Pages />
      {useStepUpAsked() && <Suspense><StepUpDialog /></Suspense>}
    </QueryClientProvider>
  );
}

function Pages() {
  const session = useSession();
  const { actingFor } = useMe();
  const { slug } = usePractice();
  const navigate = useNavigate();
  const skip = useSkip();
  useLive();

  if (session.kind === "in" && session.choosing)
    return (
      <PracticePage>
        <Columns>
          {/* A conversation belongs to one person: after a change the list of the other one comes. */}
          <ActingChoice onChanged={() => actingFor !== null && void navigate({ to: "/$practice", params: { practice: slug }, search: { show: "all" } })} />
        </Columns>
      </PracticePage>
    );
  return (
    <PracticePage strip={<ActingStrip />} skip={skip}>
      {/* Nothing that was on the screen for one person stays for the next. */}
      <Suspense key={actingFor} fallback={<Columns>{null}</Columns>}><Outlet /></Suspense>
    </PracticePage>
  );
}
