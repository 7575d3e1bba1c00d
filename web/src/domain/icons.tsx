import {
  Calendar, HeartPulse, MessageCircle, Pill, ReceiptText, Shapes, Stethoscope, type LucideIcon,
} from "lucide-react";
import type { ReactNode } from "react";
import type { Category, Priority, Status } from "@/api/types";
import { Icon } from "@/ui/Icon";

const categoryIcons: Record<Category, LucideIcon> = {
  general: MessageCircle,
  prescription: Pill,
  appointment: Calendar,
  billing: ReceiptText,
  medical: HeartPulse,
  other: Shapes,
};

/** A category's icon; its word stands beside it. */
export function CategoryIcon({ category, size }: { category: Category; size?: "sm" | "lg" }) {
  return <Icon icon={categoryIcons[category]} size={size} />;
}

const statusShapes: Record<Exclude<Status, "waiting-provider">, ReactNode> = {
  open: <circle cx="12" cy="12" r="9" />,
  "in-progress": (
    <>
      <circle cx="12" cy="12" r="9" />
      <path d="M12 7a5 5 0 0 1 0 10z" fill="currentColor" stroke="none" />
    </>
  ),
  "waiting-patient": (
    <>
      <circle cx="12" cy="12" r="9" />
      <path d="M12 7v5l3.5 2" />
    </>
  ),
  closed: (
    <>
      <circle cx="12" cy="12" r="9.75" fill="currentColor" stroke="none" />
      <path d="m8 12.3 2.8 2.8L16 9.6" stroke="var(--c-surface)" strokeWidth="2" />
    </>
  ),
};

/** A status's own shape: ring, half disc, clock, stethoscope, filled tick. */
export function StatusIcon({ status }: { status: Status }) {
  if (status === "waiting-provider") return <Icon icon={Stethoscope} />;
  return (
    <svg className="i" viewBox="0 0 24 24" aria-hidden="true">
      {statusShapes[status]}
    </svg>
  );
}

const barsOn: Record<Exclude<Priority, "urgent">, number> = { low: 1, normal: 2, high: 3 };

/** One, two or three bars in ink. */
export function PriorityBars({ priority }: { priority: Exclude<Priority, "urgent"> }) {
  const bars = [
    { x: 1, y: 9, height: 4 },
    { x: 5.5, y: 5.5, height: 7.5 },
    { x: 10, y: 2, height: 11 },
  ];
  return (
    <svg className="bars" viewBox="0 0 14 14" aria-hidden="true">
      {bars.map(({ x, y, height }, index) => (
        <rect key={x} x={x} y={y} width="3" height={height} rx="1" className={index < barsOn[priority] ? "on" : undefined} />
      ))}
    </svg>
  );
}
