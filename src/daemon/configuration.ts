import { isYaml } from "../config/dialect.ts";
import { compareGroups } from "../config/difference.ts";
import { loadConfig } from "../config/load.ts";
import type { DaemonOverrides, LoadOutcome } from "../config/outcome.ts";
import type { Config, ProcessConfig } from "../model/config.ts";
import type { ConfigWorld } from "../model/config-world.ts";
import { type Diagnostic, formatDiagnostic, NOWHERE } from "../model/diagnostic.ts";
import { fail, type Result, succeed } from "../model/fault.ts";
import type { GroupUpdate } from "../model/request.ts";
import { switchUserPrefix } from "../os/switch-user.ts";
import type { ConfigDifference, Configuration } from "../rpc/context.ts";
import type { ActivityLog } from "../runtime/ports.ts";
import type { Supervisor } from "../runtime/supervisor.ts";

/** Where a configuration comes from, so that it can be read again. */
export interface ConfigSource {
  readonly path: string;
  readonly overrides: DaemonOverrides;
  readonly world: ConfigWorld;
}

/** Reads a configuration. One that this system has no means to run is an error now, not when a program is to start. */
export function readConfig({ path, overrides, world }: ConfigSource): LoadOutcome {
  const outcome = loadConfig(path, world, overrides);
  if (!outcome.ok) return outcome;
  const errors = outcome.value.groups.flatMap(({ processes }) => processes.flatMap(withoutHelper));
  return errors.length === 0 ? outcome : { ok: false, errors };
}

/** Another user's program is started by a helper. */
function withoutHelper({ name, launch: { user } }: ProcessConfig): readonly Diagnostic[] {
  if (user === null || process.getuid?.() !== 0 || user.uid === 0 || switchUserPrefix(user) !== null) return [];
  const message = `cannot run ${name} as user ${user.name}: this system lacks the program setpriv; install util-linux`;
  return [{ position: NOWHERE, message }];
}

/** The configuration as the interfaces use it: the one read last, and the active groups it is compared with. */
export class LiveConfiguration implements Configuration {
  readonly #source: ConfigSource;
  readonly #supervisor: Supervisor;
  readonly #activity: ActivityLog;
  #latest: Config;

  constructor(source: ConfigSource, latest: Config, supervisor: Supervisor, activity: ActivityLog) {
    this.#source = source;
    this.#latest = latest;
    this.#supervisor = supervisor;
    this.#activity = activity;
  }

  get latest(): Config {
    return this.#latest;
  }

  reread(): Result<ConfigDifference> {
    const outcome = readConfig(this.#source);
    if (!outcome.ok) {
      for (const error of outcome.errors)
        this.#activity.log("error", `cannot read the configuration: ${formatDiagnostic(error)}`);
      return fail("CANT_REREAD", outcome.errors.map((error) => describeForClient(this.#source.path, error)).join("\n"));
    }
    this.#latest = outcome.value;
    return succeed(compareGroups(this.#supervisor.activeGroups(), outcome.value.groups));
  }

  processes(): readonly { readonly process: ProcessConfig; readonly groupPriority: number }[] {
    return this.#latest.groups.flatMap(({ priority, processes }) =>
      processes.map((process) => ({ process, groupPriority: priority })),
    );
  }

  addGroup(name: string): Result<true> {
    const group = this.#latest.groups.find((each) => each.name === name);
    return group === undefined ? fail("BAD_NAME", name) : this.#supervisor.addGroup(group);
  }

  async update(only: readonly string[] | null): Promise<Result<readonly GroupUpdate[]>> {
    const read = this.reread();
    if (!read.ok) return read;
    const { groups } = this.#latest;
    const known = new Set([...groups, ...this.#supervisor.activeGroups()].map(({ name }) => name));
    const stranger = only?.find((name) => !known.has(name));
    if (stranger !== undefined) return fail("BAD_NAME", stranger);
    return succeed(await this.#supervisor.update(groups, only === null ? null : new Set(only)));
  }
}

/** supervisord's messages stand as they are in the fault; ours begin with the place. */
function describeForClient(path: string, error: Diagnostic): string {
  return isYaml(path) ? formatDiagnostic(error) : error.message;
}
