import { Lock } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Category, RoleScope } from "@/api/types";
import { CategoryIcon } from "@/domain/icons";
import { CATEGORIES } from "@/domain/words";
import { Banner } from "@/ui/Banner";
import { Button } from "@/ui/Button";
import { Checkbox } from "@/ui/Checkbox";
import { Icon } from "@/ui/Icon";
import { showToast } from "@/ui/toasts";
import { problemText } from "../../../app/problemText";
import { defaultScope, isFixed, saveRole } from "../../../data/admin/roles";
import { useSaving } from "../forms";

interface SightProps {
  role: string;
  category: Category;
  sees: boolean;
  onChange?: (sees: boolean) => void;
}

/** Whether a role sees a category; a role that is fixed shows it in words. */
function Sight({ role, category, sees, onChange }: SightProps) {
  const { t } = useTranslation();
  const word = <span className="matrix__word"><CategoryIcon category={category} />{t(`domain.category.${category}`)}</span>;
  if (!onChange)
    return (
      <span className="matrix__fixed">
        {word}
        <span className={sees ? "" : "faint"}>{t(sees ? "admin.roles.sees" : "admin.roles.seesNot")}</span>
      </span>
    );
  return (
    <Checkbox isSelected={sees} onChange={onChange}>
      {word}
      <span className="visually-hidden">{`, ${role}`}</span>
    </Checkbox>
  );
}

/** One role with its categories, saved for itself. */
export function RoleRow({ scope }: { scope: RoleScope }) {
  const { t } = useTranslation();
  const { role, categories, isDefault } = scope;
  const fixed = isFixed(role);
  const [draft, setDraft] = useState<readonly Category[]>(categories);
  const { busy, failure, save } = useSaving();
  const name = t(`domain.role.${role}`);
  const dirty = CATEGORIES.some((category) => draft.includes(category) !== categories.includes(category));
  const store = (next: readonly Category[]) => save(async () => {
    await saveRole(role, CATEGORIES.filter((category) => next.includes(category)));
    showToast(t("admin.roles.saved", { role: name }));
  });
  const toggle = (category: Category, on: boolean) => setDraft(on ? [...draft, category] : draft.filter((other) => other !== category));
  const state = fixed ? <><Icon icon={Lock} size="sm" />{t("admin.roles.fixed")}</> : t(isDefault ? "admin.roles.default" : "admin.roles.own");
  return (
    <div role="row" className="matrix__row">
      <div role="rowheader" className="matrix__role">
        {name}
        <small className="matrix__state">{state}</small>
        {Boolean(failure) && <Banner tone="danger" live="alert">{problemText(t, failure)}</Banner>}
      </div>
      {CATEGORIES.map((category) => (
        <div key={category} role="cell" className="matrix__cell">
          <Sight role={name} category={category} sees={draft.includes(category)} onChange={fixed ? undefined : (on) => toggle(category, on)} />
        </div>
      ))}
      <div role="cell" className="matrix__acts">
        {dirty && <Button size="sm" variant="ghost" aria-label={t("admin.roles.undoNamed", { role: name })} onPress={() => setDraft(categories)}>{t("cancel")}</Button>}
        {dirty && <Button size="sm" variant="primary" unavailable={busy} aria-label={t("admin.roles.saveNamed", { role: name })} onPress={() => void store(draft)}>{t("save")}</Button>}
        {!dirty && !isDefault && !fixed && <Button size="sm" variant="ghost" unavailable={busy} aria-label={t("admin.roles.resetNamed", { role: name })} onPress={() => void store(defaultScope[role])}>{t("admin.roles.reset")}</Button>}
      </div>
    </div>
  );
}
