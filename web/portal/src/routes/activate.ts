import { createRoute } from "@tanstack/react-router";
import { ActivatePage } from "./pages";
import { practiceRoute } from "./practice";

/** `/portal/{practice}/activate`: opening an account by oneself. Public. */
export const activateRoute = createRoute({
  getParentRoute: () => practiceRoute,
  path: "activate",
  component: ActivatePage,
});
