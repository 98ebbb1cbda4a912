import { fail, type Result, succeed } from "../model/fault.ts";
import { type ProcessId, parseNamespec } from "../model/namespec.ts";
import type { Target } from "../model/request.ts";
import type { ProcessView, SupervisorControl } from "../runtime/control.ts";

/** Finds the process, or for `group:*` the group, that a client names. BAD_NAME echoes the name as it came. */
export function resolveTarget(supervisor: SupervisorControl, name: string): Result<Target> {
  const { group, process } = parseNamespec(name);
  if (process === null) return supervisor.group(group) === undefined ? fail("BAD_NAME", name) : succeed({ kind: "group", group });
  const found = findProcess(supervisor, name);
  if (found === undefined) return fail("BAD_NAME", name);
  return succeed({ kind: "process", group: found.config.group, process: found.config.name });
}

/** Every process that the names mean, in the order of the names, each once. BAD_NAME for the first that means none. */
export function resolveProcesses(supervisor: SupervisorControl, names: readonly string[]): Result<readonly ProcessView[]> {
  const found = new Map<ProcessId, ProcessView>();
  for (const name of names) {
    const { group, process } = parseNamespec(name);
    const matches = process === null ? supervisor.group(group)?.processes : findProcesses(supervisor, name);
    if (matches === undefined) return fail("BAD_NAME", name);
    for (const view of matches) found.set(view.id, view);
  }
  return succeed([...found.values()]);
}

function findProcesses(supervisor: SupervisorControl, name: string): readonly ProcessView[] | undefined {
  const found = findProcess(supervisor, name);
  return found === undefined ? undefined : [found];
}

/** For the methods that take a bare group name. */
export function resolveGroup(supervisor: SupervisorControl, name: string): Result<Target> {
  return supervisor.group(name) === undefined ? fail("BAD_NAME", name) : succeed({ kind: "group", group: name });
}

/** For the methods that look at one process only: there `group:*` is BAD_NAME too. */
export function resolveProcess(supervisor: SupervisorControl, name: string): Result<ProcessView> {
  const found = findProcess(supervisor, name);
  return found === undefined ? fail("BAD_NAME", name) : succeed(found);
}

/**
 * Beyond supervisord's rule, by which a bare name means the process whose group is called alike, a bare name means the only process
 * that is called so, whatever its group.
 */
function findProcess(supervisor: SupervisorControl, name: string): ProcessView | undefined {
  const { group, process } = parseNamespec(name);
  if (process === null) return undefined;
  return supervisor.process(group, process) ?? (name.includes(":") ? undefined : findOnly(supervisor, name));
}

function findOnly(supervisor: SupervisorControl, name: string): ProcessView | undefined {
  const called = supervisor.groups().flatMap((group) => group.processes.filter(({ config }) => config.name === name));
  return called.length === 1 ? called[0] : undefined;
}
