import { createRoute } from "@tanstack/react-router";
import { HelpPage } from "./pages";
import { practiceRoute } from "./practice";

/** `/portal/{practice}/help`: how messages work and who reads them. Public. */
export const helpRoute = createRoute({
  getParentRoute: () => practiceRoute,
  path: "help",
  component: HelpPage,
});
