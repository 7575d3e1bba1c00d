import { defineConfig, mergeConfig } from "vite";
import { appConfig } from "./vite.shared.ts";

/**
 * Two files instead of seventy: many small ones pack badly and cost a request each. The first is all that the
 * sign-in page stands on, the second what the frame and the inbox add. The rest comes when it is asked for.
 */
const groups = [
  { name: "door", tags: ["$initial" as const], priority: 2 },
  { name: "inbox", test: /\/staff\/src\/app\/SignedIn\.tsx$/, priority: 1 },
];

export default defineConfig(
  mergeConfig(appConfig("staff", "/", 5173), { build: { rolldownOptions: { output: { codeSplitting: { groups } } } } }),
);
