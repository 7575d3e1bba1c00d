import { defineConfig } from "vitest/config";
import e2e from "./vitest.config.ts";

/** The same server and browser; what comes out are pictures. */
export default defineConfig({ ...e2e, test: { ...e2e.test, include: ["e2e/screenshots.ts"] } });
