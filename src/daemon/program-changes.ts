import type { LoadOutcome } from "../config/outcome.ts";
import type { Config, GroupConfig, ProcessConfig } from "../model/config.ts";
import { fail, type Result, succeed } from "../model/fault.ts";
import { processId } from "../model/namespec.ts";
import { switchUserPrefix } from "../os/switch-user.ts";
import type { ScaleOutcome, UserChange } from "../rpc/context.ts";
import type { ActivityLog } from "../runtime/ports.ts";
import type { Supervisor } from "../runtime/supervisor.ts";
import { type ConfigSource, readWritten } from "./config-source.ts";
import { processesOf } from "./program-overrides.ts";

export interface ProgramChangeParts {
  readonly source: ConfigSource;
  readonly supervisor: Supervisor;
  readonly activity: ActivityLog;
}

/** More processes of one program are surely a slip of the finger. */
const MAX_PROCESSES = 10_000;

/** Lets a program run as another user. @param name - `null` for the user of the configuration. */
export function changeUser(
  { program, name }: { readonly program: string; readonly name: string | null },
  { source, supervisor, activity }: ProgramChangeParts,
): Result<UserChange> {
  const [active] = processesOf({ groups: supervisor.activeGroups() }, program);
  if (active === undefined) return fail("BAD_NAME", program);
  if (process.getuid?.() !== 0) return fail("FAILED", "only a daemon that runs as root can run programs as other users");
  const user = name === null ? null : source.world.findUser(name);
  if (name !== null && user === null) return fail("FAILED", `there is no user ${name}`);
  if (user !== null && user.uid !== 0 && switchUserPrefix(user) === null)
    return fail("FAILED", "this system lacks the program setpriv; install util-linux");
  const written = readWritten(source);
  if (!written.ok) return fail("FAILED", "the configuration is wrong at present: mend it first, reread tells how");
  const configured = processesOf(written.value, program)[0]?.launch.user ?? null;
  source.programs.setUser(program, user, configured);
  const next = user ?? configured;
  supervisor.setUser(program, next);
  activity.log("warn", `a client has set the user of program ${program}: ${next?.name ?? "that of the daemon"}`);
  return succeed({ user: next?.name ?? "", before: active.launch.user?.name ?? "" });
}

export type ScalePlan =
  | { readonly kind: "unreadable"; readonly errors: Extract<LoadOutcome, { ok: false }>["errors"] }
  | { readonly kind: "refused"; readonly refusal: Result<never> }
  /** The configuration that holds now, and the program's group as it is to be made. */
  | { readonly kind: "planned"; readonly config: Config; readonly group: GroupConfig; readonly outcome: ScaleOutcome };

/** Gives a program another number of processes, and plans what that makes of its group. */
export function scaleProgram(
  { program, count }: { readonly program: string; readonly count: number },
  { source, supervisor, activity }: ProgramChangeParts,
): ScalePlan {
  const refuse = (refusal: Result<never>): ScalePlan => ({ kind: "refused", refusal });
  const group = groupOf(program, supervisor.activeGroups());
  if (group === undefined) return refuse(fail("BAD_NAME", program));
  if (!(count >= 0 && count <= MAX_PROCESSES)) return refuse(fail("FAILED", `a program has 0 to ${MAX_PROCESSES} processes`));
  const written = readWritten(source);
  if (!written.ok) return { kind: "unreadable", errors: written.errors };
  const { programs } = source;
  const scaled = readWritten(source, new Map([...programs.countsFor(written.value), [program, count]]));
  if (!scaled.ok) return { kind: "unreadable", errors: scaled.errors };
  const config = programs.withUsers(scaled.value);
  const after = processesOf(config, program);
  // It is active, but the file does not know it any more.
  if (after.length !== count) return refuse(fail("BAD_NAME", program));
  programs.setCount(program, count, processesOf(written.value, program).length);
  activity.log("warn", `a client has set the number of processes of program ${program}: ${count}`);
  const before = processesOf({ groups: [group] }, program);
  return {
    kind: "planned",
    config,
    group: { ...group, processes: replaced(group.processes, before, after) },
    outcome: { processes: count, before: before.length, ...difference(before, after) },
  };
}

/** A program that was scaled to nothing is still that of its group. */
function groupOf(program: string, active: readonly GroupConfig[]): GroupConfig | undefined {
  return (
    active.find((group) => processesOf({ groups: [group] }, program).length > 0) ??
    active.find(({ name, processes }) => name === program && processes.length === 0)
  );
}

function difference(before: readonly ProcessConfig[], after: readonly ProcessConfig[]): Pick<ScaleOutcome, "added" | "removed"> {
  const names = (processes: readonly ProcessConfig[]) => new Set(processes.map(({ group, name }) => processId(group, name)));
  const [old, next] = [names(before), names(after)];
  return { added: [...next].filter((id) => !old.has(id)), removed: [...old].filter((id) => !next.has(id)) };
}

/** A list in which the processes of one program make room for others of it. */
function replaced(
  all: readonly ProcessConfig[],
  before: readonly ProcessConfig[],
  after: readonly ProcessConfig[],
): readonly ProcessConfig[] {
  const place = all.findIndex((process) => before.includes(process));
  const others = all.filter((process) => !before.includes(process));
  return others.toSpliced(place < 0 ? others.length : place, 0, ...after);
}
