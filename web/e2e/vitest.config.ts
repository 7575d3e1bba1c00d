import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

/** Real Chromium against real servers: two files at a time, each with a server of its own. */
export default defineConfig({
  root: fileURLToPath(new URL("..", import.meta.url)),
  test: {
    environment: "node",
    include: ["e2e/**/*.test.ts"],
    // Frames are measured while nothing else runs: see vitest.smooth.config.ts.
    exclude: ["e2e/smooth.test.ts"],
    maxWorkers: 2,
    testTimeout: 120_000,
    hookTimeout: 120_000,
    reporters: ["verbose"],
  },
});
