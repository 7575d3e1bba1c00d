import { defineConfig } from "vitest/config";
import e2e from "./vitest.config.ts";

/** The pages of one's account alone: they bring a server of their own and need the built app, nothing else. */
export default defineConfig({ ...e2e, test: { ...e2e.test, include: ["e2e/account.test.ts", "e2e/account-acts.test.ts"], globalSetup: [] } });
