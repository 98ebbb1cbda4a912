import { describeExit, exitCode } from "../../model/exit-status.ts";
import { fail, succeed } from "../../model/fault.ts";
import { PROCESS_STATE_CODES } from "../../model/process-state.ts";
import { signalName } from "../../model/signal.ts";
import type { TreeUsage } from "../../model/tree-usage.ts";
import type { ProcessView } from "../../runtime/control.ts";
import { describeProcess } from "../describe-process.ts";
import { defineMethod, type Method } from "../method.ts";
import { flagParameter, nameParameter, namesParameter } from "../parameter.ts";
import { inNameOrder } from "../process-list.ts";
import { resolveProcess, resolveProcesses } from "../resolve.ts";
import type { RpcStruct } from "../value.ts";

/** What this daemon knows of its processes beyond supervisord. */
export const processFactMethods: readonly Method[] = [
  defineMethod({
    name: "taskmaster.getProcesses",
    gated: false,
    help:
      "Tells all that is known of processes. `restarts` counts how often a process was started again by itself, after an exit or a failed " +
      "start, since a client or a configuration last started it; `tries` how many starts in a row have failed. `exit_code` is that of the " +
      "last child, -1 when a signal ended it or none ever did; `exit_signal` is that signal's name. With `usage`, `cpu_seconds`, " +
      "`memory_kib` (resident) and `processes` tell what a child uses together with everything that it has started, measured for this call. " +
      "Fault BAD_NAME when a name means no process.",
    parameters: [
      namesParameter("names", "names of processes (name, group:name) or groups (group:*); none for all"),
      flagParameter("usage", "whether to measure what they use", false),
    ],
    result: { type: "array", text: "a struct for each process, ordered by group and name, or as the names are" },
    run(context, [names, wantsUsage]) {
      const { supervisor, usage } = context;
      const found = names === null ? succeed(inNameOrder(supervisor.groups())) : resolveProcesses(supervisor, names);
      if (!found.ok) return found;
      const now = supervisor.now().wall;
      const used = wantsUsage ? usage.measure(found.value.flatMap(({ pid }) => (pid === 0 ? [] : [pid]))) : null;
      return succeed(
        found.value.map((process) => ({ ...processFacts(process, now), ...(used && usageFacts(used.get(process.pid))) })),
      );
    },
  }),
  defineMethod({
    name: "taskmaster.getProcessEnvironment",
    gated: false,
    help:
      "Tells the environment that the next child of a process gets, and that which the present one was started with, as far as the system " +
      "lets the daemon read it. Each variable has `next`, `running` or both. Fault BAD_NAME when the name means no process.",
    parameters: [nameParameter("name", "the process's name (name, group:name)")],
    result: { type: "struct", text: "boolean running, whether it is known what the present child got; array variables" },
    run(context, [name]) {
      const found = resolveProcess(context.supervisor, name);
      if (!found.ok) return found;
      const environments = context.output.environments(found.value.id);
      if (environments === null) return fail("BAD_NAME", name);
      const { next, running } = environments;
      const names = [...new Set([...Object.keys(next), ...Object.keys(running ?? {})])].sort();
      return succeed({
        running: running !== null,
        variables: names.map((variable) => ({
          name: variable,
          ...(Object.hasOwn(next, variable) ? { next: next[variable] ?? "" } : {}),
          ...(running !== null && Object.hasOwn(running, variable) ? { running: running[variable] ?? "" } : {}),
        })),
      });
    },
  }),
  defineMethod({
    name: "taskmaster.getHistory",
    gated: false,
    help:
      "Tells the last changes of state of a process, the oldest first: `at` in seconds since 1970, `state` and the state before, `pid`, and " +
      "how a child ended. At most 50 are remembered, and none from before the daemon was started. Fault BAD_NAME when the name means no process.",
    parameters: [nameParameter("name", "the process's name (name, group:name)")],
    result: { type: "array", text: "a struct of at, state, from, pid and exit for each change" },
    run(context, [name]) {
      const found = resolveProcess(context.supervisor, name);
      if (!found.ok) return found;
      const events = context.history(found.value.id);
      return succeed(
        events.map(({ at, state, from, pid, exit }) => ({ at, state, from, pid, exit: exit === null ? "" : describeExit(exit) })),
      );
    },
  }),
  defineMethod({
    name: "taskmaster.getProcessConfig",
    gated: false,
    help:
      "Tells what a process is configured to be, with all defaults filled in, under the names of the file's dialect. What looks like a secret " +
      "is masked. Fault BAD_NAME when the name means no process.",
    parameters: [nameParameter("name", "the process's name (name, group:name)")],
    result: { type: "array", text: "a struct of string name and string value for each option" },
    run({ supervisor, configuration }, [name]) {
      const found = resolveProcess(supervisor, name);
      if (!found.ok) return found;
      return succeed(configuration.describe(found.value.config).map((option) => ({ ...option })));
    },
  }),
];

function processFacts(process: ProcessView, now: number): RpcStruct {
  const { config, lastExit } = process;
  return {
    group: config.group,
    name: config.name,
    program: config.program,
    statename: process.state,
    state: PROCESS_STATE_CODES[process.state],
    pid: process.pid,
    start: process.startedAt,
    stop: process.stoppedAt,
    now,
    description: describeProcess(process, Math.trunc(now)),
    restarts: process.restarts,
    tries: process.tries,
    has_exited: lastExit !== null,
    exit_code: lastExit === null ? -1 : exitCode(lastExit.status),
    exit_signal:
      lastExit?.status.kind === "signalled" ? (signalName(lastExit.status.signal) ?? String(lastExit.status.signal)) : "",
    exit_expected: lastExit?.expected ?? false,
    spawn_error: process.spawnError,
    autostart: config.policy.autostart,
    user: config.launch.user?.name ?? "",
    tty: config.launch.tty,
  };
}

const NOTHING: TreeUsage = { cpuSeconds: 0, memoryBytes: 0, processes: 0 };

function usageFacts({ cpuSeconds, memoryBytes, processes }: TreeUsage = NOTHING): RpcStruct {
  return { cpu_seconds: cpuSeconds, memory_kib: Math.round(memoryBytes / 1024), processes };
}
