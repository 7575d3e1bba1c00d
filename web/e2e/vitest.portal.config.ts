import { defineConfig } from "vitest/config";
import e2e from "./vitest.config.ts";

/** The portal's pages about accounts alone: they bring a server of their own and need the built portal, nothing else. */
export default defineConfig({ ...e2e, test: { ...e2e.test, include: ["e2e/portalAccount.test.ts"], globalSetup: [] } });
