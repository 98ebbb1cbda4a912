import { createHash } from "node:crypto";
import { isYaml } from "../config/dialect.ts";
import { compareGroups } from "../config/difference.ts";
import type { Config, ProcessConfig } from "../model/config.ts";
import { type Diagnostic, formatDiagnostic } from "../model/diagnostic.ts";
import { fail, type Result, succeed } from "../model/fault.ts";
import type { GroupUpdate } from "../model/request.ts";
import { errorCode } from "../os/error-code.ts";
import { replaceFile } from "../os/replace-file.ts";
import type {
  ConfigDifference,
  ConfigText,
  Configuration,
  ScaleOutcome,
  UpdatePlan,
  UploadOutcome,
  UserChange,
} from "../rpc/context.ts";
import type { ActivityLog } from "../runtime/ports.ts";
import type { Supervisor } from "../runtime/supervisor.ts";
import { type ConfigSource, readConfig, readWritten } from "./config-source.ts";
import { daemonChanges, describeOptions, describePlan } from "./plan.ts";
import { changeUser, type ProgramChangeParts, scaleProgram } from "./program-changes.ts";

/** The configuration as the interfaces use it: the one read last, and the active groups it is compared with. */
export class LiveConfiguration implements Configuration {
  readonly #source: ConfigSource;
  readonly #supervisor: Supervisor;
  readonly #activity: ActivityLog;
  /** What the daemon itself was started with. */
  readonly #started: Config;
  #latest: Config;

  constructor(source: ConfigSource, latest: Config, supervisor: Supervisor, activity: ActivityLog) {
    this.#source = source;
    this.#started = latest;
    this.#latest = latest;
    this.#supervisor = supervisor;
    this.#activity = activity;
  }

  get latest(): Config {
    return this.#latest;
  }

  reread(): Result<ConfigDifference> {
    this.#settleOverrides();
    const outcome = readConfig(this.#source);
    if (!outcome.ok) return this.#refuse(outcome.errors);
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

  plan(only: readonly string[] | null, text: string | null): Result<UpdatePlan> {
    const { path } = this.#source;
    const present = text === null ? this.text() : null;
    // A file that cannot be read is told as every other mistake is.
    const judged = present?.ok === true ? present.value.text : text;
    const outcome = readConfig(judged === null ? this.#source : sourceWithText(this.#source, judged));
    const digest = judged === null ? "" : digestOf(judged);
    if (!outcome.ok) {
      return succeed({ valid: false, errors: outcome.errors, warnings: [], path, digest, daemon: [], groups: [] });
    }
    const stranger = this.#stranger(only, outcome.value);
    if (stranger !== undefined) return fail("BAD_NAME", stranger);
    const planned = this.#supervisor.plan(outcome.value.groups, only === null ? null : new Set(only));
    const warnings = outcome.notes.filter(({ level }) => level !== "info");
    const daemon = daemonChanges(this.#started, outcome.value);
    return succeed({ valid: true, errors: [], warnings, path, digest, daemon, groups: describePlan(planned, path) });
  }

  describe(process: ProcessConfig): ReturnType<Configuration["describe"]> {
    return describeOptions(process, this.#source.path);
  }

  text(): Result<ConfigText> {
    const { path, world } = this.#source;
    try {
      const text = world.readFile(path);
      return succeed({ path, dialect: isYaml(path) ? "yaml" : "ini", text, digest: digestOf(text) });
    } catch (error) {
      return fail("FAILED", `cannot read ${path}: ${errorCode(error)}`);
    }
  }

  async upload(text: string, digest: string | null): Promise<Result<UploadOutcome>> {
    const { path } = this.#source;
    const outcome = readConfig(sourceWithText(this.#source, text));
    if (!outcome.ok) return this.#refuse(outcome.errors);
    // More likely a text that got lost on its way than the wish to stop everything.
    if (outcome.value.groups.length === 0 && this.#supervisor.activeGroups().length > 0) {
      return fail("FAILED", "the text has no programs, and every one that is active would go; stop and remove them first");
    }
    const present = this.text();
    if (!present.ok) return present;
    if (digest !== null && present.value.digest !== digest) {
      return fail("FAILED", `${path} was changed by somebody else meanwhile: look at it again`);
    }
    let backup: string;
    try {
      backup = replaceFile(path, text);
    } catch (error) {
      return fail("FAILED", `cannot replace ${path}: ${errorCode(error)}; it is as it was`);
    }
    this.#activity.log("warn", `the configuration ${path} was replaced by a client; the old one is ${backup}`);
    const updated = await this.update(null);
    return updated.ok ? succeed({ path, backup, updates: updated.value }) : updated;
  }

  async update(only: readonly string[] | null): Promise<Result<readonly GroupUpdate[]>> {
    const read = this.reread();
    if (!read.ok) return read;
    const stranger = this.#stranger(only, this.#latest);
    if (stranger !== undefined) return fail("BAD_NAME", stranger);
    return succeed(await this.#supervisor.update(this.#latest.groups, only === null ? null : new Set(only)));
  }

  setUser(program: string, name: string | null): Result<UserChange> {
    const changed = changeUser({ program, name }, this.#parts());
    if (changed.ok) this.#latest = this.#source.programs.withUsers(this.#latest);
    return changed;
  }

  async scale(program: string, count: number): Promise<Result<ScaleOutcome>> {
    const scaled = scaleProgram({ program, count }, this.#parts());
    if (scaled.kind === "unreadable") return this.#refuse(scaled.errors);
    if (scaled.kind === "refused") return scaled.refusal;
    const { config, group, outcome } = scaled;
    this.#latest = config;
    await this.#supervisor.update([group], new Set([group.name]));
    return succeed(outcome);
  }

  /** What a new reading of the files says otherwise than the last is no override any more. */
  #settleOverrides(): void {
    const { programs } = this.#source;
    if (programs.isEmpty) return;
    const written = readWritten(this.#source);
    if (written.ok) programs.settle(written.value);
  }

  #parts(): ProgramChangeParts {
    return { source: this.#source, supervisor: this.#supervisor, activity: this.#activity };
  }

  /** The first name that is that of no group, active or configured. */
  #stranger(only: readonly string[] | null, { groups }: Config): string | undefined {
    const known = new Set([...groups, ...this.#supervisor.activeGroups()].map(({ name }) => name));
    return only?.find((name) => !known.has(name));
  }

  #refuse(errors: readonly Diagnostic[]): Result<never> {
    for (const error of errors) this.#activity.log("error", `cannot read the configuration: ${formatDiagnostic(error)}`);
    return fail("CANT_REREAD", errors.map((error) => describeForClient(this.#source.path, error)).join("\n"));
  }
}

/** The same configuration, if its main file held this text. */
function sourceWithText(source: ConfigSource, text: string): ConfigSource {
  const { path, world } = source;
  return { ...source, world: { ...world, readFile: (other) => (other === path ? text : world.readFile(other)) } };
}

function digestOf(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

/** supervisord's messages stand as they are in the fault; ours begin with the place. */
function describeForClient(path: string, error: Diagnostic): string {
  return isYaml(path) ? formatDiagnostic(error) : error.message;
}
