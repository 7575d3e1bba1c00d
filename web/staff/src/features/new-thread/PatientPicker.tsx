import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "react-aria-components/Button";
import { ListBox, ListBoxItem } from "react-aria-components/ListBox";
import type { PatientMatch } from "@/api/types";
import { initials } from "@/domain/words";
import { calendarDate } from "@/i18n/birthDates";
import { Avatar } from "@/ui/Avatar";
import { SearchField } from "@/ui/SearchField";
import { useSettled } from "../../app/useSettled";
import { patientSearchOptions } from "../../data/people";

interface PatientPickerProps {
  chosen: PatientMatch | null;
  onChoose: (patient: PatientMatch | null) => void;
  error?: string;
}

function Identity({ patient }: { patient: PatientMatch }) {
  const { t, i18n } = useTranslation();
  const born = patient.birthDate && t("newThread.born", { date: calendarDate(patient.birthDate, i18n.language) });
  return (
    <>
      <Avatar kind="patient" size="sm" initials={initials(patient.fullName)} />
      <span className="grow">
        {patient.fullName}
        <small className="block faint">{[t("mrn", { mrn: patient.mrn }), born].filter(Boolean).join(" · ")}</small>
      </span>
    </>
  );
}

/** Finds a patient by the start of a name or the whole MRN; birth date and MRN tell namesakes apart. */
export function PatientPicker({ chosen, onChoose, error }: PatientPickerProps) {
  const { t } = useTranslation();
  const [text, setText] = useState("");
  const box = useRef<HTMLInputElement>(null);
  // The page is about this question first; after "Change" it is again.
  useEffect(() => {
    if (!chosen) box.current?.focus();
  }, [chosen]);
  const search = useSettled(text.trim());
  const { data: matches, isFetching, isError } = useQuery(patientSearchOptions(search));
  if (chosen)
    return (
      <div className="field">
        <span className="field__label">{t("newThread.patient")}</span>
        <div className="chosen">
          <Identity patient={chosen} />
          <Button className="btn btn--ghost btn--sm" onPress={() => onChoose(null)}>{t("newThread.change")}</Button>
        </div>
      </div>
    );
  const status = isError ? t("newThread.searchFailed") : search && !isFetching && matches?.length === 0 ? t("newThread.nobody") : "";
  return (
    <div className={error ? "field field--invalid" : "field"}>
      <span className="field__label">{t("newThread.patient")}</span>
      <SearchField inputRef={box} label={t("newThread.search")} placeholder={t("newThread.search")} clearLabel={t("list.clearSearch")} value={text} onChange={setText} />
      <p className="field__hint" role="status">{status}</p>
      {error && <p className="field__error" role="alert">{error}</p>}
      {search && matches && matches.length > 0 && (
        <ListBox aria-label={t("newThread.found")} className="menu matches" items={matches} onAction={(id) => onChoose(matches.find((match) => match.id === id) ?? null)}>
          {(patient) => (
            <ListBoxItem id={patient.id} textValue={patient.fullName} className="option">
              <Identity patient={patient} />
            </ListBoxItem>
          )}
        </ListBox>
      )}
    </div>
  );
}
