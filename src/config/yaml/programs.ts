import type { Environment, ProcessConfig, ProcessPolicy } from "../../model/config.ts";
import { PROGRAM_KEYS as KEYS } from "../keys/program-keys.ts";
import { forbiddenCharacter } from "../names.ts";
import { orderProcesses } from "../order.ts";
import type { ProcessCounts } from "../outcome.ts";
import { readLaunch } from "./launch.ts";
import { readExitCodes } from "./lists.ts";
import { findKey, isGiven, placeOf, readText, type Section } from "./section.ts";
import { readAutorestart, readBoolean, readEarlyExit, readInteger, readSeconds, readSignal } from "./values.ts";
import { withBuiltIns } from "./variables.ts";

/** A program of the file and the group that a process of it belongs to. */
export interface Placement {
  readonly program: string;
  readonly group: string;
  /** The environment of `daemon`, which every process gets. */
  readonly environment: Environment;
  readonly counts: ProcessCounts;
}

/** Reads all processes of one program, ordered by (priority, name). */
export function readProcesses(section: Section, placement: Placement): readonly ProcessConfig[] {
  const { program, group } = placement;
  const once = { ...section, variables: withBuiltIns(section.variables, { PROGRAM_NAME: program, GROUP_NAME: group }) };
  const configured = readInteger(once, KEYS.numprocs);
  const count = placement.counts.get(program) ?? configured;
  const first = readInteger(once, KEYS.numprocs_start);
  const policy = readPolicy(once);
  const processes = new Map<string, ProcessConfig>();
  for (let number = first; number < first + count; number++) {
    const each = { ...once, variables: withBuiltIns(once.variables, { PROCESS_NUM: String(number) }) };
    const name = readProcessName(each, program, Math.max(count, configured));
    if (processes.has(name)) {
      reportSameName(each, count, name);
      break;
    }
    processes.set(name, { group, name, program, policy, launch: readLaunch(each, placement.environment) });
  }
  return orderProcesses([...processes.values()]);
}

function readPolicy(section: Section): ProcessPolicy {
  const policy = {
    priority: readInteger(section, KEYS.priority),
    autostart: readBoolean(section, KEYS.autostart),
    autorestart: readAutorestart(section, KEYS.autorestart),
    exitCodes: readExitCodes(section, KEYS.exitcodes),
    startMillis: readSeconds(section, KEYS.startsecs),
    startRetries: readInteger(section, KEYS.startretries),
    earlyExit: readEarlyExit(section, KEYS.early_exit),
    stopSignal: readSignal(section, KEYS.stopsignal),
    stopWaitMillis: readSeconds(section, KEYS.stopwaitsecs),
    stopAsGroup: readBoolean(section, KEYS.stopasgroup),
    killAsGroup: readBoolean(section, KEYS.killasgroup),
  };
  if (policy.stopAsGroup && !policy.killAsGroup) {
    const why = isGiven(section, KEYS.stopasgroup) ? "" : ", as it is by default";
    const message = `cannot use false for killasgroup in ${section.label} while stopasgroup is true${why}`;
    section.problems.report(placeOf(section, KEYS.killasgroup), message);
  }
  return policy;
}

function readProcessName(section: Section, program: string, count: number): string {
  const number = section.variables.get("PROCESS_NUM") ?? "";
  const written = readText(section, KEYS.process_name);
  if (written === null) return count > 1 ? `${program}_${number.padStart(2, "0")}` : program;
  const name = written.text.trim();
  const bad = name === "" ? "an empty name" : forbiddenCharacter(name);
  if (bad !== undefined) {
    const reason = name === "" ? "a process needs a name" : `a name cannot contain ${JSON.stringify(bad)}`;
    section.problems.report(written.tree, `cannot use ${JSON.stringify(name)} for process_name in ${section.label}: ${reason}`);
  }
  return name;
}

function reportSameName(section: Section, count: number, name: string): void {
  const message = `cannot name the ${count} processes of ${section.label} alike (${name}): process_name must contain \${PROCESS_NUM}`;
  if (findKey(section, KEYS.process_name) !== null) section.problems.report(placeOf(section, KEYS.process_name), message);
}
