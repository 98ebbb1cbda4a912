import { fail, type Result, succeed } from "../model/fault.ts";
import { parseNamespec } from "../model/namespec.ts";
import type { ProcessView, SupervisorControl, Target } from "../runtime/control.ts";

/** Finds the process, or for `group:*` the group, that a client names. BAD_NAME echoes the name as it came. */
export function resolveTarget(supervisor: SupervisorControl, name: string): Result<Target> {
  const { group, process } = parseNamespec(name);
  if (process === null) return supervisor.group(group) === undefined ? fail("BAD_NAME", name) : succeed({ kind: "group", group });
  const known = supervisor.process(group, process) !== undefined;
  return known ? succeed({ kind: "process", group, process }) : fail("BAD_NAME", name);
}

/** For the methods that take a bare group name. */
export function resolveGroup(supervisor: SupervisorControl, name: string): Result<Target> {
  return supervisor.group(name) === undefined ? fail("BAD_NAME", name) : succeed({ kind: "group", group: name });
}

/** For the methods that look at one process only: there `group:*` is BAD_NAME too. */
export function resolveProcess(supervisor: SupervisorControl, name: string): Result<ProcessView> {
  const { group, process } = parseNamespec(name);
  const found = process === null ? undefined : supervisor.process(group, process);
  return found === undefined ? fail("BAD_NAME", name) : succeed(found);
}
