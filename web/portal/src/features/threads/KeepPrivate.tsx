import { EyeOff, UsersRound } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { isProblem } from "@/api/problem";
import type { PortalThread } from "@/api/types";
import { Icon } from "@/ui/Icon";
import { FieldError } from "../../frame/Field";
import { useKeepPrivate } from "./queries";

// Only opening a conversation to others is worth a question.
const ShareDialog = lazy(async () => ({ default: (await import("./ShareDialog")).ShareDialog }));

/** Who besides the care team reads a conversation: the patient alone, or those who help them too. Theirs to choose. */
export function KeepPrivate({ thread }: { thread: PortalThread }) {
  const { t } = useTranslation();
  const keep = useKeepPrivate(thread.id);
  const [asking, setAsking] = useState(false);
  const { isConfidential } = thread;
  return (
    <div className="keep-private">
      <p role="status"><Icon icon={isConfidential ? EyeOff : UsersRound} />{t(isConfidential ? "private.onlyYou" : "private.helpersToo")}</p>
      <button
        type="button" className="link-act" aria-disabled={keep.isPending || undefined}
        onClick={() => (keep.isPending ? undefined : isConfidential ? setAsking(true) : keep.mutate(true))}
      >
        {t(keep.isPending ? "private.saving" : isConfidential ? "private.share" : "private.keep")}
      </button>
      {keep.isError && <div role="alert"><FieldError>{t(isProblem(keep.error, "forbidden") ? "private.refused" : "private.failed")}</FieldError></div>}
      {asking && (
        <Suspense>
          <ShareDialog onConfirm={() => keep.mutateAsync(false)} onClose={() => setAsking(false)} />
        </Suspense>
      )}
    </div>
  );
}
