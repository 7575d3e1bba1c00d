import { defineConfig, mergeConfig } from "vite";
import { appConfig } from "./vite.shared.ts";

/**
 * Two files instead of seventy: many small ones pack badly and cost a request each. The first is all that the
 * sign-in page stands on, the second what the frame and the inbox add. The rest comes when it is asked for; of
 * that, what floats over the page is one file, whatever opens first.
 */
const groups = [
  { name: "door", tags: ["$initial" as const], priority: 3 },
  { name: "inbox", test: /\/staff\/src\/app\/SignedIn\.tsx$/, priority: 2 },
  { name: "overlays", test: /\/src\/ui\/(overlays\.ts|Dialog\.tsx)$/, priority: 1 },
];

export default defineConfig(
  mergeConfig(appConfig("staff", "/", 5173), {
    build: {
      // With so few files, and those fetched ahead by the pages themselves, a preloader of its own has no work.
      modulePreload: false,
      rolldownOptions: { output: { codeSplitting: { groups } } },
    },
  }),
);
