import { Link } from "@tanstack/react-router";
import { ChevronLeft, CloudOff, RotateCw, SearchX } from "lucide-react";
import { useEffect, useRef, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { isProblem } from "@/api/problem";
import { Button, type ButtonVariant } from "@/ui/Button";
import { EmptyState } from "@/ui/EmptyState";
import { Icon } from "@/ui/Icon";
import { Bone, Skeleton } from "@/ui/Skeleton";

interface Asked<T> {
  data: T | undefined;
  isError: boolean;
  error: unknown;
  refetch: () => unknown;
}

/** Lines in the shape of a list or of a form, while it comes. */
function Lines() {
  return (
    <div className="admin-bones">
      {["w-7/12", "w-10/12", "w-5/12", "w-8/12", "w-6/12", "w-9/12"].map((width) => <Bone key={width} className={width} />)}
    </div>
  );
}

/** What was asked of the server, once it is there; until then its shape, and a way to ask again where it failed. */
export function Loaded<T>({ query, children }: { query: Asked<T>; children: (data: T) => ReactNode }) {
  const { t } = useTranslation();
  if (query.data !== undefined) return children(query.data);
  if (!query.isError) return <Skeleton label={t("list.loading")}><Lines /></Skeleton>;
  if (isProblem(query.error, "not_found")) return <EmptyState icon={SearchX} headingLevel={2} title={t("admin.gone")} />;
  return (
    <EmptyState icon={CloudOff} tone="danger" headingLevel={2} title={t("list.failed")} action={<Button variant="primary" icon={RotateCw} onPress={() => void query.refetch()}>{t("tryAgain")}</Button>} />
  );
}

interface PageHeadProps {
  title: string;
  /** Who or what it is, in a line or two. */
  children?: ReactNode;
  back: { to: string; label: string };
}

/** The head of a page about one person, with the way back; it takes the focus when the page opens. */
export function PageHead({ title, children, back }: PageHeadProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <header className="admin-head">
      <Link className="btn btn--ghost btn--sm admin-back" to={back.to}>
        <Icon icon={ChevronLeft} />
        {back.label}
      </Link>
      <h2 ref={heading} tabIndex={-1}>{title}</h2>
      {children}
    </header>
  );
}

/** A part of a page with its heading. */
export function Section({ title, text, end, children }: { title: string; text?: string; end?: ReactNode; children: ReactNode }) {
  return (
    <section className="settings">
      <div className="card-item__head">
        <h3>{title}</h3>
        {end}
      </div>
      {text && <p className="muted">{text}</p>}
      {children}
    </section>
  );
}

/** Names and their values. */
export function Facts({ of }: { of: [string, ReactNode][] }) {
  return (
    <dl className="facts">
      {of.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

interface ActProps {
  title: string;
  text: string;
  label: string;
  variant?: ButtonVariant;
  onPress: () => void;
}

/** An act on somebody, with what it does said before it is done. */
export function Act({ title, text, label, variant, onPress }: ActProps) {
  return (
    <li className="act">
      <div className="grow">
        <b>{title}</b>
        <p className="muted">{text}</p>
      </div>
      <Button variant={variant} onPress={onPress}>{label}</Button>
    </li>
  );
}
