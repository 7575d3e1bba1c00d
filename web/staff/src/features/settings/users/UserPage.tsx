import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { StaffAccount } from "@/api/types";
import { fullDateTime } from "@/i18n/dates";
import { userOptions } from "../../../data/admin/users";
import { Facts, Loaded, PageHead, Section } from "../parts";
import { UserActs } from "./UserActs";
import { UserForm } from "./UserForm";
import { FactorBadge, StateBadge } from "./userWords";

function Person({ user }: { user: StaffAccount }) {
  const { t, i18n } = useTranslation();
  return (
    <>
      <PageHead title={user.fullName} back={{ to: "/settings/users", label: t("admin.tab.users") }}>
        <p className="admin-head__line">
          <StateBadge state={user.state} />
          <span>{t(`domain.role.${user.role}`)}</span>
          <span>{user.email}</span>
        </p>
      </PageHead>
      <Facts
        of={[
          [t("admin.lastSignIn"), user.lastSignInAt ? fullDateTime(user.lastSignInAt, i18n.language) : t("admin.never")],
          [t("admin.factor.title"), <FactorBadge key="factor" has={user.hasSecondFactor} />],
          [t("teams.title"), user.teams.map(({ name }) => name).join(", ") || t("admin.users.noTeams")],
        ]}
      />
      <Section title={t("admin.users.details")}>
        <UserForm user={user} />
      </Section>
      <Section title={t("admin.users.signingIn")}>
        <UserActs user={user} />
      </Section>
    </>
  );
}

/** One colleague: what is known, what may be changed, and how they sign in. */
export function UserPage({ id }: { id: string }) {
  const query = useQuery(userOptions(id));
  return (
    <div className="page-body admin-one">
      <Loaded query={query}>{(user) => <Person user={user} />}</Loaded>
    </div>
  );
}
