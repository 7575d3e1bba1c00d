import { defineConfig, mergeConfig } from "vite";
import { appConfig } from "./vite.shared.ts";

/** What every page stands on. One file packs better than many, and stays in the browser between releases. */
const base = /node_modules\/(react|react-dom|scheduler|use-sync-external-store|i18next|react-i18next|@tanstack\/(history|store|react-store|router-core|react-router))\//;
/** What the sign-in page and the frame of every page are made of. */
const frame = /\/web\/(src\/(api\/(client|problem)|theme\/|i18n\/(index|useT)|domain\/(words|BrandMark)|ui\/(Icon|Banner))|portal\/src\/(main|router|routes\/[a-z]\w*\.tsx?|words\/first|session\/(session|channel|stepUp|handover|linkToken)\.|practice\/(practices|UrgentNotice|useAccent)|frame\/(Act|Columns|Field|Footer|Header|PageHeading|PracticePage|StatePage|usePageTitle|PasswordField)|features\/(signin|threads\/filters)))/;
/** Only later pages build sentences around links, and use the library's own hook: the first screen has `useT`. */
const later = /html-parse-stringify|react-i18next\/dist\/es\/(?!defaults|i18nInstance|initReactI18next|unescape)/;

export default defineConfig(
  mergeConfig(appConfig("portal", "/portal/", 5174), {
    build: {
      rolldownOptions: {
        output: {
          codeSplitting: {
            groups: [
              { name: "base", test: (id: string) => base.test(id) && !later.test(id) },
              { name: "frame", test: (id: string) => frame.test(id) && !id.includes("signedIn") },
            ],
          },
        },
      },
    },
  }),
);
