import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts", "compat/**/*.test.ts"],
    globalSetup: ["test/setup/tools.ts", "test/setup/build.ts"],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 20_000 } },
    // Most files wait for real daemons rather than for the processor.
    maxWorkers: 4,
  },
});
