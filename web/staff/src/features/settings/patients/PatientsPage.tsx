import { useInfiniteQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { Mails, Plus, UserRoundSearch, UsersRound } from "lucide-react";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Patient } from "@/api/types";
import { initials } from "@/domain/words";
import { calendarDate } from "@/i18n/birthDates";
import { Avatar } from "@/ui/Avatar";
import { Button } from "@/ui/Button";
import { EmptyState } from "@/ui/EmptyState";
import { Icon } from "@/ui/Icon";
import { SearchField } from "@/ui/SearchField";
import { useSettled } from "../../../app/useSettled";
import { patientsOptions } from "../../../data/admin/patients";
import { keepPlace, placeOf } from "../listPlaces";
import { Loaded } from "../parts";
import { RowTable, type Column } from "../RowTable";
import { PatientForm } from "./PatientForm";
import { AccessBadge } from "./patientWords";

const LIST = "patients";

function useColumns(): Column<Patient>[] {
  const { t, i18n } = useTranslation();
  return useMemo(() => {
    const text = (value: string | null) => value && <span className="truncate" title={value}>{value}</span>;
    return [
      {
        id: "name", label: t("admin.patients.name"), cell: ({ fullName }) => (
          <>
            <Avatar kind="patient" size="sm" initials={initials(fullName)} />
            <span className="truncate" title={fullName}>{fullName}</span>
          </>
        ),
      },
      { id: "mrn", label: t("admin.patients.mrn"), cell: ({ mrn }) => text(mrn) },
      { id: "born", label: t("patient.born"), cell: ({ birthDate }) => text(birthDate && calendarDate(birthDate, i18n.language)) },
      { id: "email", label: t("patient.email"), cell: ({ email }) => text(email) },
      { id: "phone", label: t("patient.phone"), cell: ({ phone }) => text(phone) },
      { id: "access", label: t("patient.portal"), cell: ({ access }) => <AccessBadge access={access} /> },
    ];
  }, [t, i18n.language]);
}

function PatientList({ search }: { search: string }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const columns = useColumns();
  const query = useInfiniteQuery(patientsOptions(search));
  const patients = useMemo(() => query.data?.pages.flatMap((page) => page.patients), [query.data]);
  const [place] = useState(() => placeOf(LIST, ""));
  return (
    <Loaded query={{ ...query, data: patients }}>
      {(rows) =>
        rows.length === 0 ? (
          <EmptyState icon={search ? UserRoundSearch : UsersRound} headingLevel={2} title={t(search ? "admin.patients.noMatch" : "admin.patients.none")}>
            {search && t("admin.patients.noMatchText")}
          </EmptyState>
        ) : (
          <RowTable
            label={t("admin.tab.patients")} kind="patients" columns={columns} items={rows} idOf={({ id }) => id}
            top={place.top} rowId={place.rowId} onPlace={(top, rowId) => keepPlace(LIST, { terms: search, top, rowId })}
            onOpen={({ id }) => void navigate({ to: "/settings/patients/$patientId", params: { patientId: id } })}
            hasMore={query.hasNextPage} hasFailed={query.isFetchNextPageError} onMore={() => void query.fetchNextPage()}
          />
        )
      }
    </Loaded>
  );
}

/** The practice's patients, whether or not they use the portal. */
export function PatientsPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [text, setText] = useState(() => placeOf(LIST, "").terms);
  const search = useSettled(text.trim());
  const [isCreating, setCreating] = useState(false);
  const find = (next: string) => {
    keepPlace(LIST, { terms: next.trim(), top: 0 });
    setText(next);
  };
  const created = (id: string | null) => {
    setCreating(false);
    if (id) void navigate({ to: "/settings/patients/$patientId", params: { patientId: id } });
  };
  return (
    <div className="admin-page">
      <div className="admin-tools">
        <h2>{t("admin.tab.patients")}</h2>
        <Link to="/settings/patients/invitations" className="btn btn--secondary"><Icon icon={Mails} />{t("admin.bulk.title")}</Link>
        <Button variant="primary" icon={Plus} onPress={() => setCreating(true)}>{t("admin.patients.new")}</Button>
      </div>
      <div className="admin-filters">
        <SearchField label={t("admin.patients.search")} placeholder={t("admin.patients.search")} clearLabel={t("list.clearSearch")} value={text} onChange={find} />
      </div>
      <PatientList key={search} search={search} />
      {isCreating && <PatientForm patient={null} onDone={created} />}
    </div>
  );
}
