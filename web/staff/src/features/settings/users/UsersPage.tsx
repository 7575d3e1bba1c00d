import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { Plus, SearchX } from "lucide-react";
import { useDeferredValue, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Role, StaffAccount, UserState } from "@/api/types";
import { initials } from "@/domain/words";
import { fullDateTime, shortDate } from "@/i18n/dates";
import { Avatar } from "@/ui/Avatar";
import { Button } from "@/ui/Button";
import { EmptyState } from "@/ui/EmptyState";
import { SearchField } from "@/ui/SearchField";
import { Select } from "@/ui/Select";
import { usersOptions } from "../../../data/admin/users";
import { keepPlace, placeOf } from "../listPlaces";
import { Loaded } from "../parts";
import { RowTable, type Column } from "../RowTable";
import { InviteUser } from "./InviteUser";
import { FactorBadge, ROLES, StateBadge, STATES } from "./userWords";

interface Terms {
  search: string;
  state: UserState | "any";
  role: Role | "any";
}
const NO_TERMS: Terms = { search: "", state: "any", role: "any" };
const LIST = "users";

function matching(users: StaffAccount[], { search, state, role }: Terms): StaffAccount[] {
  const words = search.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  return users.filter((user) => {
    const text = `${user.fullName} ${user.title ?? ""} ${user.email}`.toLocaleLowerCase();
    return (state === "any" || user.state === state) && (role === "any" || user.role === role) && words.every((word) => text.includes(word));
  });
}

function useColumns(): Column<StaffAccount>[] {
  const { t, i18n } = useTranslation();
  return useMemo(() => [
    {
      id: "name", label: t("admin.users.name"), cell: ({ fullName, title }) => (
        <>
          <Avatar kind="staff" size="sm" initials={initials(fullName)} />
          <span className="truncate" title={fullName}>{fullName}{title && <span className="faint">, {title}</span>}</span>
        </>
      ),
    },
    { id: "email", label: t("admin.users.email"), cell: ({ email }) => <span className="truncate" title={email}>{email}</span> },
    { id: "role", label: t("admin.users.role"), cell: ({ role }) => <span className="truncate">{t(`domain.role.${role}`)}</span> },
    { id: "state", label: t("admin.users.state"), cell: ({ state }) => <StateBadge state={state} /> },
    { id: "factor", label: t("admin.factor.title"), isNamed: true, cell: ({ hasSecondFactor }) => <FactorBadge has={hasSecondFactor} /> },
    {
      id: "last", label: t("admin.lastSignIn"), isNamed: true, cell: ({ lastSignInAt }) =>
        lastSignInAt ? <time dateTime={lastSignInAt} title={fullDateTime(lastSignInAt, i18n.language)}>{shortDate(lastSignInAt, i18n.language)}</time> : <span className="faint">{t("admin.never")}</span>,
    },
    {
      id: "teams", label: t("teams.title"), cell: ({ teams }) => {
        const names = teams.map(({ name }) => name).join(", ");
        return <span className="truncate" title={names}>{names}</span>;
      },
    },
  ], [t, i18n.language]);
}

function UserList({ users, terms, onTerms }: { users: StaffAccount[]; terms: Terms; onTerms: (terms: Terms) => void }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const columns = useColumns();
  const settled = useDeferredValue(terms);
  const shown = useMemo(() => matching(users, settled), [users, settled]);
  const [place] = useState(() => placeOf(LIST, NO_TERMS));
  if (shown.length === 0)
    return (
      <EmptyState icon={SearchX} headingLevel={2} title={t("admin.users.noMatch")} action={<Button onPress={() => onTerms(NO_TERMS)}>{t("admin.clearFilters")}</Button>} />
    );
  return (
    <RowTable
      label={t("admin.tab.users")} kind="users" columns={columns} items={shown} idOf={({ id }) => id}
      top={place.top} rowId={place.rowId} onPlace={(top, rowId) => keepPlace(LIST, { terms, top, rowId })}
      onOpen={({ id }) => void navigate({ to: "/settings/users/$userId", params: { userId: id } })}
    />
  );
}

/** Everybody who signs in at the practice. */
export function UsersPage() {
  const { t, i18n } = useTranslation();
  const query = useQuery(usersOptions());
  const [terms, setTerms] = useState(() => placeOf(LIST, NO_TERMS).terms);
  const [isInviting, setInviting] = useState(false);
  const find = (next: Terms) => {
    keepPlace(LIST, { terms: next, top: 0 });
    setTerms(next);
  };
  const any = { id: "any", label: t("filter.any") };
  return (
    <div className="admin-page">
      <div className="admin-tools">
        <h2>{t("admin.tab.users")}{query.data && <span className="count"> {query.data.length.toLocaleString(i18n.language)}</span>}</h2>
        <Button variant="primary" icon={Plus} onPress={() => setInviting(true)}>{t("admin.users.invite")}</Button>
      </div>
      <div className="admin-filters">
        <SearchField label={t("admin.users.search")} placeholder={t("admin.users.search")} clearLabel={t("list.clearSearch")} value={terms.search} onChange={(search) => find({ ...terms, search })} />
        <Select label={t("admin.users.state")} value={terms.state} options={[any, ...STATES.map((id) => ({ id, label: t(`admin.state.${id}`) }))]} onChange={(state) => find({ ...terms, state: state as Terms["state"] })} />
        <Select label={t("admin.users.role")} value={terms.role} options={[any, ...ROLES.map((id) => ({ id, label: t(`domain.role.${id}`) }))]} onChange={(role) => find({ ...terms, role: role as Terms["role"] })} />
      </div>
      <Loaded query={query}>{(users) => <UserList key={`${terms.state} ${terms.role}`} users={users} terms={terms} onTerms={find} />}</Loaded>
      {isInviting && <InviteUser onDone={() => setInviting(false)} />}
    </div>
  );
}
