import { Navigate, useParams } from "@tanstack/react-router";
import { adminPagesFor } from "../../app/administration";
import { useMay } from "../../app/session";
import { SearchSettings } from "./SearchSettings";
import { TeamSettings } from "./TeamSettings";
import { UserPage } from "./users/UserPage";

export { EmergencyPage } from "./emergency/EmergencyPage";
export { RolesPage } from "./roles/RolesPage";
export { UsersPage } from "./users/UsersPage";

/** The bare address leads to the first page that one's role opens. */
export function FirstPage() {
  const [first] = adminPagesFor(useMay());
  return first && <Navigate to={`/settings/${first}`} replace />;
}

export function UserRoute() {
  const { userId = "" } = useParams({ strict: false });
  return <UserPage key={userId} id={userId} />;
}

export function TeamsPage() {
  return <div className="page-body"><TeamSettings /></div>;
}

export function SearchPage() {
  return <div className="page-body"><SearchSettings /></div>;
}
