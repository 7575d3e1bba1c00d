import { useParams } from "@tanstack/react-router";
import { PatientPage } from "./patients/PatientPage";

export { BulkPage } from "./patients/BulkPage";
export { PatientsPage } from "./patients/PatientsPage";

export function PatientRoute() {
  const { patientId = "" } = useParams({ strict: false });
  return <PatientPage key={patientId} id={patientId} />;
}
