import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { frameRoute } from "./frame";

const settingsRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: "/settings",
  component: lazyRouteComponent(() => import("../features/settings/SettingsPage"), "SettingsPage"),
});

const getParentRoute = () => settingsRoute;
const first = createRoute({ getParentRoute, path: "/", component: lazyRouteComponent(() => import("../features/settings/pages"), "FirstPage") });
const users = createRoute({ getParentRoute, path: "/users", component: lazyRouteComponent(() => import("../features/settings/pages"), "UsersPage") });
const user = createRoute({ getParentRoute, path: "/users/$userId", component: lazyRouteComponent(() => import("../features/settings/pages"), "UserRoute") });
const roles = createRoute({ getParentRoute, path: "/roles", component: lazyRouteComponent(() => import("../features/settings/pages"), "RolesPage") });
const patients = createRoute({ getParentRoute, path: "/patients", component: lazyRouteComponent(() => import("../features/settings/patientPages"), "PatientsPage") });
const bulkInvitations = createRoute({ getParentRoute, path: "/patients/invitations", component: lazyRouteComponent(() => import("../features/settings/patientPages"), "BulkPage") });
const patient = createRoute({ getParentRoute, path: "/patients/$patientId", component: lazyRouteComponent(() => import("../features/settings/patientPages"), "PatientRoute") });
const practice = createRoute({ getParentRoute, path: "/practice", component: lazyRouteComponent(() => import("../features/settings/practice/PracticePage"), "PracticePage") });
const teams = createRoute({ getParentRoute, path: "/teams", component: lazyRouteComponent(() => import("../features/settings/pages"), "TeamsPage") });
const search = createRoute({ getParentRoute, path: "/search", component: lazyRouteComponent(() => import("../features/settings/pages"), "SearchPage") });
const emergency = createRoute({ getParentRoute, path: "/emergency", component: lazyRouteComponent(() => import("../features/settings/pages"), "EmergencyPage") });

/** The administration. Addresses hold ids alone: what is searched and whom a page shows stays in memory. */
export const settingsRoutes = settingsRoute.addChildren([
  first, users, user, roles, patients, bulkInvitations, patient, practice, teams, search, emergency,
]);
