import { defineConfig } from "vitest/config";
import e2e from "./vitest.config.ts";

/** The administration alone: it brings a server of its own and needs the built app, nothing else. */
export default defineConfig({ ...e2e, test: { ...e2e.test, include: ["e2e/admin.test.ts"], globalSetup: [] } });
