import { useTranslation } from "react-i18next";
import { NumberField } from "@/ui/NumberField";
import { bounds, type NumberName } from "./checks";
import type { PartProps } from "./field";

/** One of the settings' whole numbers, with its bounds in words. */
export function Numeral({ name, draft, change, error }: PartProps & { name: NumberName }) {
  const { t, i18n } = useTranslation();
  const [min, max] = bounds[name];
  const hint = t("admin.practice.between", { min, max: max.toLocaleString(i18n.language) });
  return <NumberField label={t(`admin.practice.field.${name}`)} hint={hint} value={draft[name]} onChange={(value) => change({ [name]: value })} min={min} max={max} error={error(`/${name}`)} />;
}
