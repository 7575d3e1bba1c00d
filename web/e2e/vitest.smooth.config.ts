import { defineConfig } from "vitest/config";
import e2e from "./vitest.config.ts";

/** The smoothness tests, which need the built app and a quiet machine. */
export default defineConfig({ ...e2e, test: { ...e2e.test, include: ["e2e/smooth.test.ts"], exclude: [], maxWorkers: 1 } });
