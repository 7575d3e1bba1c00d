import { useEffect, useState } from "react";
import type { Practice } from "@/api/types";
import { api } from "../../app/session";

const SETTLE_MS = 400;
const CODE = /^[a-z0-9-]{2,64}$/;

/** The public name of the practice whose code is being typed, once there is one. */
export function usePracticeName(code: string): string | null {
  const [found, setFound] = useState<{ code: string; name: string } | null>(null);
  useEffect(() => {
    if (!CODE.test(code)) return;
    const aborter = new AbortController();
    const timer = setTimeout(() => {
      api
        .requestPublic<Practice>("GET", `/api/practices/${code}`, { signal: aborter.signal })
        .then(({ name }) => setFound({ code, name }))
        // An unknown practice is the sign-in's business to refuse, not this line's.
        .catch(() => undefined);
    }, SETTLE_MS);
    return () => {
      clearTimeout(timer);
      aborter.abort();
    };
  }, [code]);
  return found?.code === code ? found.name : null;
}
