import { loadConfig } from "../config/load.ts";
import type { DaemonOverrides, LoadOutcome, ProcessCounts } from "../config/outcome.ts";
import type { ProcessConfig } from "../model/config.ts";
import type { ConfigWorld } from "../model/config-world.ts";
import { type Diagnostic, NOWHERE } from "../model/diagnostic.ts";
import { switchUserPrefix } from "../os/switch-user.ts";
import type { ProgramOverrides } from "./program-overrides.ts";

/** Where a configuration comes from, so that it can be read again. */
export interface ConfigSource {
  readonly path: string;
  readonly overrides: DaemonOverrides;
  /** What clients have set since. */
  readonly programs: ProgramOverrides;
  readonly world: ConfigWorld;
}

/** Reads a configuration. One that this system has no means to run is an error now, not when a program is to start. */
export function readConfig(source: ConfigSource): LoadOutcome {
  const written = readWritten(source);
  if (!written.ok) return written;
  const outcome = source.programs.isEmpty ? written : withPrograms(source, written);
  if (!outcome.ok) return outcome;
  const errors = outcome.value.groups.flatMap(({ processes }) => processes.flatMap(withoutHelper));
  return errors.length === 0 ? outcome : { ok: false, errors };
}

function withPrograms(source: ConfigSource, written: LoadOutcome & { ok: true }): LoadOutcome {
  const counts = source.programs.countsFor(written.value);
  const counted = counts.size === 0 ? written : readWritten(source, counts);
  return counted.ok ? { ...counted, value: source.programs.withUsers(counted.value) } : counted;
}

/** Another user's program is started by a helper. */
function withoutHelper({ name, launch: { user } }: ProcessConfig): readonly Diagnostic[] {
  if (user === null || process.getuid?.() !== 0 || user.uid === 0 || switchUserPrefix(user) !== null) return [];
  const message = `cannot run ${name} as user ${user.name}: this system lacks the program setpriv; install util-linux`;
  return [{ position: NOWHERE, message }];
}

/** A configuration as its files say it, whatever clients have set. */
export function readWritten({ path, world, overrides }: ConfigSource, counts: ProcessCounts = new Map()): LoadOutcome {
  return loadConfig(path, world, overrides, counts);
}
