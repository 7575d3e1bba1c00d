import { parseDate } from "@internationalized/date";
import { CircleCheck, CircleDashed, CircleOff, type LucideIcon } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { PortalAccess } from "@/api/types";
import { Icon } from "@/ui/Icon";

const accessIcons: Record<PortalAccess, LucideIcon> = { active: CircleCheck, invited: CircleDashed, none: CircleOff };

/** Whether a patient reaches the portal, with its shape and its word. */
export function AccessBadge({ access }: { access: PortalAccess }) {
  const { t } = useTranslation();
  return <span className={`state state--${access}`}><Icon icon={accessIcons[access]} size="sm" />{t(`admin.patients.access.${access}`)}</span>;
}

/** The day on which somebody comes of age; nothing where the birth date is unknown. */
export function majorityOf(birthDate: string | null, years: number): string | undefined {
  return birthDate ? parseDate(birthDate.slice(0, 10)).add({ years }).toString() : undefined;
}

/** The end of a day, here, as a grant that holds through it ends. */
export const endOfDay = (day: string): string => new Date(`${day}T23:59:59.999`).toISOString();

/** The day of a time, here. */
export function dayOf(at: string | null): string | null {
  if (!at) return null;
  const date = new Date(at);
  const two = (part: number) => String(part).padStart(2, "0");
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

export const today = (): string => dayOf(new Date().toISOString()) ?? "";
