import type { ProcessConfig, ProcessPolicy } from "../../model/config.ts";
import { secondsToMillis } from "../../model/time.ts";
import { SECTIONS } from "../keys.ts";
import { distinctProcesses, orderProcesses } from "../order.ts";
import { ConfigProblem, reword } from "./config-problem.ts";
import { extend } from "./expand.ts";
import type { IniContext } from "./ini-context.ts";
import { type IniSection, nameAfterColon } from "./ini-document.ts";
import { optionReader } from "./option-reader.ts";
import * as values from "./option-values.ts";
import { type ProgramOptions, type ProgramPlace, readProcess } from "./process-options.ts";
import type { ProgramReader } from "./program-reader.ts";
import { repr } from "./python-text.ts";
import { readStreamEvents } from "./stream-options.ts";

/**
 * Reads the processes of `[program:x]`, `[fcgi-program:x]` or `[eventlistener:x]`, ordered by (priority, name).
 * @throws ConfigProblem in the order in which supervisord would find the problems; its text names section and file.
 */
export function readProgram(context: IniContext, section: IniSection, place: ProgramPlace): readonly ProcessConfig[] {
  const suffix = ` in section ${repr(section.name)} (file: ${repr(section.position.file ?? "")})`;
  return reword(
    (message) => message + suffix,
    () => readProcesses(context, section, place),
  );
}

function readProcesses(context: IniContext, section: IniSection, place: ProgramPlace): readonly ProcessConfig[] {
  const name = values.processOrGroupName(nameAfterColon(section));
  const names = extend(context.environmentNames, {
    here: context.here,
    program_name: name,
    host_node_name: context.world.hostName,
    group_name: place.group,
  });
  const options = optionReader(context.document, section, SECTIONS.program.keys, names);
  const program = readOnce(context, options, name, place);
  const processes = Array.from({ length: Math.max(0, program.numprocs) }, (_, index) => {
    const number = program.numprocsStart + index;
    return readProcess(context, section, program, extend(names, { process_num: number, numprocs: program.numprocs }));
  });
  return distinctProcesses(orderProcesses(processes));
}

/** The options that are the same for all processes of the program. */
function readOnce(context: IniContext, options: ProgramReader, name: string, place: ProgramPlace): ProgramOptions {
  const policy = readPolicy(options);
  const redirectStderr = options.setting("redirect_stderr", values.boolean);
  const numprocs = context.counts.get(name) ?? options.setting("numprocs", values.integer);
  const numprocsStart = options.setting("numprocs_start", values.integer);
  const stdout = readStreamEvents(options, "stdout");
  const stderr = readStreamEvents(options, "stderr");
  const serverUrl = options.setting("serverurl", serverUrlValue);
  const user = options.optional("user", (value) => values.user(value, context.world)) ?? null;
  const umask = options.optional("umask", values.octal) ?? null;
  const processName = readProcessNamePattern(options, numprocs);
  if (policy.stopAsGroup && !policy.killAsGroup) {
    throw new ConfigProblem("Cannot set stopasgroup=true and killasgroup=false", options.raw("killasgroup")?.position);
  }
  return {
    name,
    place,
    policy,
    processName,
    numprocs,
    numprocsStart,
    events: { stdout, stderr },
    launch: { umask, user, serverUrl, redirectStderr, tty: false },
  };
}

function readPolicy(options: ProgramReader): ProcessPolicy {
  const priority = options.setting("priority", values.integer);
  const autostart = options.setting("autostart", values.boolean);
  const autorestart = options.setting("autorestart", values.autorestart);
  const startMillis = options.setting("startsecs", seconds);
  const startRetries = options.setting("startretries", values.integer);
  const stopSignal = options.setting("stopsignal", values.signal);
  const stopWaitMillis = options.setting("stopwaitsecs", seconds);
  const stopAsGroup = options.setting("stopasgroup", values.boolean);
  const killAsGroup = options.optional("killasgroup", values.boolean) ?? stopAsGroup;
  const exitCodes = options.setting("exitcodes", values.exitCodes);
  return {
    priority,
    autostart,
    autorestart,
    exitCodes,
    startMillis,
    startRetries,
    earlyExit: "failure",
    stopSignal,
    stopWaitMillis,
    stopAsGroup,
    killAsGroup,
  };
}

/** The name is checked as it is written: what an expansion puts into it is not. */
function readProcessNamePattern(options: ProgramReader, numprocs: number): string {
  const written = options.raw("process_name");
  const pattern = values.processOrGroupName(written?.value ?? "%(program_name)s");
  if (numprocs > 1 && !pattern.includes("%(process_num)")) {
    throw new ConfigProblem("%(process_num) must be present within process_name when numprocs > 1", written?.position);
  }
  return pattern;
}

function seconds(value: string) {
  return secondsToMillis(values.integer(value));
}

function serverUrlValue(value: string): string | null {
  return value.trim().toUpperCase() === "AUTO" ? null : value;
}
