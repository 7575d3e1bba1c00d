import { CircleCheck, X } from "lucide-react";
import { useEffect, useState } from "react";
import { Button } from "./Button";
import { Icon } from "./Icon";
import { Kbd } from "./Kbd";
import { clearToast, takeToast, useToast } from "./toasts";

const SHOWN_FOR_MS = 6_000;
/** Taking something back needs longer than reading about it. */
const OFFERED_FOR_MS = 10_000;

/** One toast at a time, bottom right, 6 s or 10 with an act, which stop while it is hovered or focused. */
export function ToastRegion({ closeLabel }: { closeLabel: string }) {
  const toast = useToast();
  const [held, setHeld] = useState(false);
  useEffect(() => {
    if (!toast || held) return;
    const timer = setTimeout(clearToast, toast.action ? OFFERED_FOR_MS : SHOWN_FOR_MS);
    return () => clearTimeout(timer);
  }, [toast, held]);
  return (
    <div className="toast-region" onMouseEnter={() => setHeld(true)} onMouseLeave={() => setHeld(false)} onFocus={() => setHeld(true)} onBlur={() => setHeld(false)}>
      <div role="status">
        {toast && (
          <div className="toast" key={toast.id}>
            <Icon icon={CircleCheck} />
            {toast.text}
            {toast.action && (
              <Button variant="ghost" onPress={takeToast}>
                {toast.action.label}
                {toast.action.hotkey && <Kbd>{toast.action.hotkey}</Kbd>}
              </Button>
            )}
            <Button variant="ghost" size="sm" className="btn--icon" icon={X} aria-label={closeLabel} onPress={clearToast} />
          </div>
        )}
      </div>
    </div>
  );
}
