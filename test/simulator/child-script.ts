import type { ProcessConfig } from "../../src/model/config.ts";
import type { ExitStatus } from "../../src/model/exit-status.ts";
import type { Random } from "./random.ts";

/** What one child will do. Times in milliseconds. */
export interface Script {
  readonly spawnDelay: number;
  readonly spawnFails: boolean;
  /** `null` lives until it is stopped. */
  readonly lifetime: number | null;
  readonly exitCode: number;
  readonly stopDelay: number;
  readonly ignoresStop: boolean;
  /** The system refuses signals to it, as to a child that became another user. */
  readonly signalsFail: boolean;
}

/** Writes the life of one child. Most are ordinary; every kind of trouble has its share. */
export function script(random: Random, config: ProcessConfig): Script {
  const start = config.policy.startMillis;
  return {
    spawnDelay: random.chance(0.7) ? 0 : random.between(1, 3000),
    spawnFails: random.chance(0.05),
    lifetime: random.chance(0.4) ? null : random.pick([0, start / 2, start, start + 1, random.between(0, 60_000)]),
    exitCode: random.pick([0, 0, 1, 2, 127]),
    stopDelay: random.pick([0, 1, 500, random.between(0, 20_000)]),
    ignoresStop: random.chance(0.15),
    signalsFail: random.chance(0.02),
  };
}

export function exitStatus(code: number): ExitStatus {
  return { kind: "exited", code };
}
