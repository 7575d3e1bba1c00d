import { CircleCheck, CircleDashed, CircleOff, ShieldCheck, ShieldOff, type LucideIcon } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Role, UserState } from "@/api/types";
import { Icon } from "@/ui/Icon";

export const ROLES = ["admin", "provider", "nurse", "medical_assistant", "front_desk", "billing", "auditor"] as const satisfies readonly Role[];
export const STATES = ["active", "invited", "deactivated"] as const satisfies readonly UserState[];

const stateIcons: Record<UserState, LucideIcon> = { active: CircleCheck, invited: CircleDashed, deactivated: CircleOff };

/** Whether somebody may sign in, with its shape and its word. */
export function StateBadge({ state }: { state: UserState }) {
  const { t } = useTranslation();
  return <span className={`state state--${state}`}><Icon icon={stateIcons[state]} size="sm" />{t(`admin.state.${state}`)}</span>;
}

/** Whether somebody has a second factor. */
export function FactorBadge({ has }: { has: boolean }) {
  const { t } = useTranslation();
  return <span className={has ? "state state--active" : "state"}><Icon icon={has ? ShieldCheck : ShieldOff} size="sm" />{t(has ? "admin.factor.yes" : "admin.factor.no")}</span>;
}
