import { CloudOff, RotateCw } from "lucide-react";
import { useEffect, useId, useRef, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Banner } from "@/ui/Banner";
import { Button } from "@/ui/Button";
import { Bone, Skeleton } from "@/ui/Skeleton";

interface SectionProps {
  title: string;
  text?: string;
  /** At the right of the title. */
  act?: ReactNode;
  /** A dialog of this part is open. */
  isAsking?: boolean;
  children: ReactNode;
}

const RETURNED_MS = 50;

/** Takes the focus when a dialog closes whose opener is gone with what it removed: nobody should start at the top. */
function useFocusAfter(isAsking: boolean | undefined) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (!isAsking) return;
    const take = () => document.activeElement === document.body && heading.current?.focus();
    return () => void setTimeout(take, RETURNED_MS);
  }, [isAsking]);
  return heading;
}

/** One part of the page with its heading. */
export function Section({ title, text, act, isAsking, children }: SectionProps) {
  const id = useId();
  const heading = useFocusAfter(isAsking);
  return (
    <section className="settings" aria-labelledby={id}>
      <div className="card-item__head">
        <h2 id={id} ref={heading} tabIndex={-1}>{title}</h2>
        {act}
      </div>
      {text && <p className="muted">{text}</p>}
      {children}
    </section>
  );
}

interface AnswerProps<T> {
  query: { data: T | undefined; isError: boolean; refetch: () => unknown };
  children: (data: T) => ReactNode;
}

/** What a part shows: its content, the shape of what comes, or that it did not come. */
export function Answer<T>({ query, children }: AnswerProps<T>) {
  const { t } = useTranslation();
  if (query.data !== undefined) return children(query.data);
  if (!query.isError)
    return <Skeleton label={t("list.loading")}><div className="card-item"><Bone className="w-7/12" /><Bone className="w-10/12" /></div></Skeleton>;
  return (
    <Banner tone="danger" icon={CloudOff} live="alert" end={<Button size="sm" icon={RotateCw} onPress={() => void query.refetch()}>{t("tryAgain")}</Button>}>
      {t("security.failed")}
    </Banner>
  );
}
