import { useTranslation } from "react-i18next";
import type { Category } from "@/api/types";
import { CategoryIcon } from "@/domain/icons";

/** A category in the patient's words. */
export function Kind({ category }: { category: Category }) {
  const { t } = useTranslation();
  return (
    <span className="category">
      <CategoryIcon category={category} />
      <span className="truncate">{t(`category.${category}`)}</span>
    </span>
  );
}
