import { useInfiniteQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { Mails, Plus, UserRoundCheck, UserRoundSearch, UsersRound } from "lucide-react";
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
import { Select } from "@/ui/Select";
import { useSettled } from "../../../app/useSettled";
import { patientsOptions, type PatientTerms } from "../../../data/admin/patients";
import { keepPlace, placeOf } from "../listPlaces";
import { Loaded } from "../parts";
import { RowTable, type Column } from "../RowTable";
import { PatientForm } from "./PatientForm";
import { AccessBadge } from "./patientWords";

const LIST = "patients";
const EVERYBODY: PatientTerms = { search: "", comingOfAge: false };

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

function Nobody({ terms: { search, comingOfAge } }: { terms: PatientTerms }) {
  const { t } = useTranslation();
  if (search) return <EmptyState icon={UserRoundSearch} headingLevel={2} title={t("admin.patients.noMatch")}>{t("admin.patients.noMatchText")}</EmptyState>;
  if (comingOfAge) return <EmptyState icon={UserRoundCheck} headingLevel={2} title={t("admin.patients.nobodyComingOfAge")} />;
  return <EmptyState icon={UsersRound} headingLevel={2} title={t("admin.patients.none")} />;
}

function PatientList({ terms }: { terms: PatientTerms }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const columns = useColumns();
  const query = useInfiniteQuery(patientsOptions(terms));
  const patients = useMemo(() => query.data?.pages.flatMap((page) => page.patients), [query.data]);
  const [place] = useState(() => placeOf(LIST, EVERYBODY));
  return (
    <Loaded query={{ ...query, data: patients }}>
      {(rows) =>
        rows.length === 0 ? (
          <Nobody terms={terms} />
        ) : (
          <RowTable
            label={t("admin.tab.patients")} kind="patients" columns={columns} items={rows} idOf={({ id }) => id}
            top={place.top} rowId={place.rowId} onPlace={(top, rowId) => keepPlace(LIST, { terms, top, rowId })}
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
  const [{ search: text, comingOfAge }, setTerms] = useState(() => placeOf(LIST, EVERYBODY).terms);
  const search = useSettled(text.trim());
  const [isCreating, setCreating] = useState(false);
  const find = (next: PatientTerms) => {
    keepPlace(LIST, { terms: { ...next, search: next.search.trim() }, top: 0 });
    setTerms(next);
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
        <SearchField label={t("admin.patients.search")} placeholder={t("admin.patients.search")} clearLabel={t("list.clearSearch")} value={text} onChange={(next) => find({ search: next, comingOfAge })} />
        <Select
          label={t("admin.patients.show")} value={comingOfAge ? "comingOfAge" : "all"}
          options={[{ id: "all", label: t("admin.patients.all") }, { id: "comingOfAge", label: t("admin.patients.comingOfAge") }]}
          onChange={(shown) => find({ search: text, comingOfAge: shown === "comingOfAge" })}
        />
      </div>
      {comingOfAge && <p className="muted">{t("admin.patients.comingOfAgeText")}</p>}
      <PatientList key={`${comingOfAge} ${search}`} terms={{ search, comingOfAge }} />
      {isCreating && <PatientForm patient={null} onDone={created} />}
    </div>
  );
}
