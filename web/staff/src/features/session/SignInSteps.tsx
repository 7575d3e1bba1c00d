import { lazy, Suspense, useState, type ReactNode } from "react";
import type { SecondFactorDue } from "@/api/types";
import type { SignInStart } from "../../app/session";
import type { OnDue } from "./usePasswordStep";

/** Back at the password, with what is known already. */
interface Back {
  start: SignInStart;
  reason?: "code-expired";
}

const SecondFactorStep = lazy(() => import("../second-factor/SecondFactorStep"));

/** The password, then the second factor where one is due, fetched when it is. */
export function SignInSteps({ password }: { password: (back: Back | undefined, onDue: OnDue) => ReactNode }) {
  const [due, setDue] = useState<(Back & { due: SecondFactorDue }) | null>(null);
  const [back, setBack] = useState<Back>();
  if (!due) return password(back, (next, start) => setDue({ due: next, start }));
  const goBack = (reason?: Back["reason"]) => {
    setBack({ start: due.start, reason });
    setDue(null);
  };
  return (
    <Suspense>
      <SecondFactorStep due={due.due} onBack={goBack} />
    </Suspense>
  );
}
