import { CircleAlert } from "lucide-react";
import type { Ref } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "@/ui/Icon";

export interface ErrorSummaryProps {
  errors: { id: string; text: string }[];
  ref?: Ref<HTMLDivElement>;
}

/** All that must be mended, at the top of a long form; each leads to its field. */
export function ErrorSummary({ errors, ref }: ErrorSummaryProps) {
  const { t } = useTranslation();
  return (
    <div className="banner banner--danger" role="alert" tabIndex={-1} ref={ref}>
      <Icon icon={CircleAlert} />
      <div>
        <b>{t("field.summary", { count: errors.length })}</b>
        <ul>
          {errors.map(({ id, text }) => (
            <li key={id}>
              <a
                href={`#${id}`}
                onClick={(event) => {
                  event.preventDefault();
                  document.getElementById(id)?.focus();
                }}
              >
                {text}
              </a>
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}
