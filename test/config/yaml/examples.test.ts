import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { loadConfig } from "../../../src/config/load.ts";
import { formatDiagnostic } from "../../../src/model/diagnostic.ts";
import { systemConfigWorld } from "../../../src/os/config-world.ts";

const EXAMPLES = join(import.meta.dirname, "../../../examples");

describe("the examples", () => {
  it.each(readdirSync(EXAMPLES).filter((name) => name.endsWith(".yaml")))("%s loads without a mistake", (name) => {
    const outcome = loadConfig(join(EXAMPLES, name), systemConfigWorld());
    expect(outcome.ok ? [] : outcome.errors.map(formatDiagnostic)).toEqual([]);
  });

  it("show every key of the first description", () => {
    const keys =
      "cmd numprocs umask workingdir autostart autorestart exitcodes startretries starttime stopsignal stoptime env stdout stderr";
    const text = readFileSync(join(EXAMPLES, "card.yaml"), "utf8");
    expect(keys.split(" ").filter((key) => !text.includes(`    ${key}:`))).toEqual([]);
  });

  it("read the first description as it is meant", () => {
    const outcome = loadConfig(join(EXAMPLES, "card.yaml"), systemConfigWorld());
    const groups = outcome.ok ? outcome.value.groups : [];
    expect(groups.map(({ name, processes }) => [name, processes.length])).toEqual([
      ["nginx", 1],
      ["vogsphere", 8],
    ]);
    expect(groups[0]?.processes[0]).toMatchObject({
      policy: { exitCodes: [0, 2], startRetries: 3, startMillis: 5000 },
      launch: { umask: 0o022, directory: "/tmp", environment: { STARTED_BY: "taskmaster", ANSWER: "42" } },
    });
    expect(groups[1]?.processes[7]).toMatchObject({ name: "vogsphere_07", policy: { stopSignal: 10 }, launch: { umask: 0o077 } });
  });
});
