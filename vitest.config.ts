import { defineConfig } from "vitest/config";
import { BaseSequencer } from "vitest/node";

type Files = Parameters<BaseSequencer["sort"]>[0];

/** What lasts two minutes whatever the machine comes first, so that the rest runs beside it. */
class SoakFirst extends BaseSequencer {
  override async sort(files: Files): Promise<Files> {
    const isSoak = ({ moduleId }: Files[number]): number => Number(moduleId.endsWith("soak.test.ts"));
    return (await super.sort(files)).toSorted((left, right) => isSoak(right) - isSoak(left));
  }
}

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts", "compat/**/*.test.ts"],
    globalSetup: ["test/setup/tools.ts", "test/setup/build.ts"],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 20_000 } },
    // Most files wait for real daemons rather than for the processor.
    maxWorkers: 4,
    sequence: { sequencer: SoakFirst },
  },
});
