import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { RoleScope } from "@/api/types";
import { CategoryIcon } from "@/domain/icons";
import { CATEGORIES } from "@/domain/words";
import { rolesOptions } from "../../../data/admin/roles";
import { Loaded } from "../parts";
import { RoleRow } from "./RoleRow";

function Matrix({ roles }: { roles: RoleScope[] }) {
  const { t } = useTranslation();
  return (
    <div className="matrix" role="table" aria-label={t("admin.roles.title")}>
      <div role="row" className="matrix__row matrix__row--head">
        <span role="columnheader">{t("admin.users.role")}</span>
        {CATEGORIES.map((category) => (
          <span key={category} role="columnheader" className="matrix__head"><CategoryIcon category={category} />{t(`domain.category.${category}`)}</span>
        ))}
        <span role="columnheader"><span className="visually-hidden">{t("admin.roles.acts")}</span></span>
      </div>
      {roles.map((scope) => <RoleRow key={`${scope.role} ${scope.categories.join()}`} scope={scope} />)}
    </div>
  );
}

/** Which role sees conversations of which category. */
export function RolesPage() {
  const { t } = useTranslation();
  const query = useQuery(rolesOptions());
  return (
    <div className="page-body admin-wide">
      <h2>{t("admin.roles.title")}</h2>
      <p className="muted">{t("admin.roles.text")}</p>
      <Loaded query={query}>{(roles) => <Matrix roles={roles} />}</Loaded>
    </div>
  );
}
