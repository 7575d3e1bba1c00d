import { defineConfig } from "vitest/config";
import e2e from "./vitest.config.ts";

/** The smoothness tests alone: they bring a server of their own and need the built app, nothing else. */
export default defineConfig({ ...e2e, test: { ...e2e.test, include: ["e2e/smooth.test.ts"], globalSetup: [] } });
