import type { FcgiSocketConfig, LaunchConfig, ProcessConfig, ProcessPolicy, StreamConfig } from "../../model/config.ts";
import { parseCommandLine } from "../command-line.ts";
import { SECTIONS } from "../keys.ts";
import { at, ConfigProblem } from "./config-problem.ts";
import { parseEnvironment } from "./environment.ts";
import { environmentNames, expand, type Names } from "./expand.ts";
import type { IniContext } from "./ini-context.ts";
import { findOption, type IniSection } from "./ini-document.ts";
import { optionReader } from "./option-reader.ts";
import * as values from "./option-values.ts";
import type { ProgramReader } from "./program-reader.ts";
import { readStream, type StreamEvents } from "./stream-options.ts";

/** What the section around a program decides about its processes. */
export interface ProgramPlace {
  readonly group: string;
  readonly socket: FcgiSocketConfig | null;
  readonly environment: LaunchConfig["environment"];
}

/** The options of a program that are read once for all of its processes. */
export interface ProgramOptions {
  readonly name: string;
  readonly place: ProgramPlace;
  readonly policy: ProcessPolicy;
  /** Not expanded yet. */
  readonly processName: string;
  readonly numprocs: number;
  readonly numprocsStart: number;
  readonly events: { readonly stdout: StreamEvents; readonly stderr: StreamEvents };
  readonly launch: Pick<LaunchConfig, "umask" | "user" | "serverUrl" | "redirectStderr" | "tty">;
}

/**
 * Reads the options that may differ from process to process.
 * @param outerNames - the names of the program with those of this process; its own environment is added for all but itself.
 * @throws ConfigProblem in the order in which supervisord would find the problems.
 */
export function readProcess(context: IniContext, section: IniSection, program: ProgramOptions, outerNames: Names): ProcessConfig {
  const environment = readEnvironment(context, section, outerNames);
  const names = environmentNames(outerNames, environment);
  const options = optionReader(context.document, section, SECTIONS.program.keys, names);
  const directory = options.optional("directory", values.text) ?? null;
  const { world, notes } = context;
  const stdout = readStream(options, "stdout", { events: program.events.stdout, names, world, notes });
  const stderr = readStream(options, "stderr", { events: program.events.stderr, names, world, notes });
  const command = options.optional("command", parseCommandLine);
  if (command === undefined) {
    throw new ConfigProblem(`program section ${section.name} does not specify a command`, section.position);
  }
  const name = at(options.raw("process_name")?.position ?? section.position, () =>
    expand(program.processName, names, "process_name"),
  );
  return {
    group: program.place.group,
    name,
    program: program.name,
    policy: program.policy,
    launch: {
      command,
      directory,
      ...program.launch,
      environment: { ...program.place.environment, ...environment },
      stdout,
      stderr: program.launch.redirectStderr ? withoutLog(context, options, stderr) : stderr,
      socket: program.place.socket,
    },
  };
}

function readEnvironment(context: IniContext, section: IniSection, names: Names): LaunchConfig["environment"] {
  const option = findOption(context.document, section, "environment");
  if (option === undefined) return {};
  return at(option.position, () => parseEnvironment(expand(option.value, names, "environment")));
}

/** What goes into the stdout of the process needs no log of its own. */
function withoutLog({ notes }: IniContext, options: ProgramReader, stderr: StreamConfig): StreamConfig {
  const option = options.raw("stderr_logfile");
  if (stderr.log.kind === "file" || option?.value === "") {
    const remark = "redirect_stderr=true but stderr_logfile has also been set to a filename, the filename has been ignored";
    notes.add("warn", `For [${options.section.name}], ${remark}`, option?.position);
  }
  return { ...stderr, log: { kind: "none" } };
}
