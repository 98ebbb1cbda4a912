import type { LaunchConfig, LogTarget, ProcessConfig, ProcessPolicy } from "../../model/config.ts";
import { structurallyEqual } from "../../model/equal.ts";
import { findTemplate, type Owner, possibleNumbers, type Template } from "./template.ts";

export interface FoldedProgram {
  readonly name: string;
  readonly count: number;
  /** The number of the first process. */
  readonly first: number;
  readonly templates: ProgramTemplates;
  readonly policy: ProcessPolicy;
  /** Of any process: what the templates do not tell is the same in all of them. */
  readonly launch: LaunchConfig;
}

/** What may differ from process to process. */
interface ProgramTemplates {
  readonly processName: Template;
  readonly command: Template;
  readonly directory: Template | null;
  readonly environment: ReadonlyMap<string, Template>;
  readonly stdout: Template | null;
  readonly stderr: Template | null;
}

/**
 * Folds the processes of a program back into one entry.
 * @param processes - all of them, in every group that has the program.
 * @returns why no entry could make these processes, where that is so.
 */
export function foldProgram(name: string, processes: readonly ProcessConfig[]): FoldedProgram | string {
  const [sample] = processes;
  if (sample === undefined) return `cannot write "${name}": without processes nothing is known of its command`;
  const groups = splitByGroup(processes);
  const count = groups[0]?.length ?? 0;
  if (groups.some((group) => group.length !== count))
    return `cannot write program "${name}": its groups have not the same number of processes`;
  if (!processes.every((process) => isAlike(process, sample)))
    return `cannot write program "${name}": its processes have different options`;
  let unfit = "process_name";
  for (const owners of possibleOwners(groups)) {
    const templates = findTemplates(groups.flat(), owners);
    if (typeof templates !== "string") {
      const first = Math.min(...owners.map(({ number }) => number));
      return { name, count, first, templates, policy: sample.policy, launch: sample.launch };
    }
    unfit = templates;
  }
  return `cannot write ${unfit} of program "${name}": it differs between the processes in more than their numbers`;
}

function splitByGroup(processes: readonly ProcessConfig[]): readonly (readonly ProcessConfig[])[] {
  const names = new Set(processes.map(({ group }) => group));
  return [...names].map((name) => processes.filter(({ group }) => group === name));
}

/** Guesses which process has which number, from their names; the likeliest guess first. */
function possibleOwners(groups: readonly (readonly ProcessConfig[])[]): readonly (readonly Owner[])[] {
  if (groups[0]?.length === 1) return [groups.flat().map(({ group }) => ({ number: 0, group }))];
  const guesses = groups.map((group) => possibleNumbers(group.map(({ name }) => name)));
  return (guesses[0] ?? []).flatMap((numbers) => {
    const first = Math.min(...numbers);
    const same = guesses.map((each) => each.find((guess) => Math.min(...guess) === first));
    if (same.some((guess) => guess === undefined)) return [];
    return [
      groups.flatMap((group, index) => group.map((process, at) => ({ number: same[index]?.[at] ?? 0, group: process.group }))),
    ];
  });
}

/** @returns the first option that no template fits. */
function findTemplates(processes: readonly ProcessConfig[], owners: readonly Owner[]): ProgramTemplates | string {
  const find = (textOf: (process: ProcessConfig) => string) => findTemplate(processes.map(textOf), owners);
  const findOptional = (textOf: (process: ProcessConfig) => string | null) => {
    const texts = processes.map(textOf);
    return texts.every((text) => text !== null) ? findTemplate(texts, owners) : undefined;
  };
  const processName = find(({ name }) => name);
  if (processName === null) return "process_name";
  const command = find(({ launch }) => launch.command.text);
  if (command === null) return "command";
  const directory = findOptional(({ launch }) => launch.directory);
  if (directory === null) return "directory";
  const stdout = findOptional(({ launch }) => pathOf(launch.stdout.log));
  if (stdout === null) return "stdout_logfile";
  const stderr = findOptional(({ launch }) => pathOf(launch.stderr.log));
  if (stderr === null) return "stderr_logfile";
  const environment = new Map<string, Template>();
  for (const variable of Object.keys(processes[0]?.launch.environment ?? {})) {
    const template = find(({ launch }) => launch.environment[variable] ?? "");
    if (template === null) return `environment variable ${variable}`;
    environment.set(variable, template);
  }
  return { processName, command, directory: directory ?? null, environment, stdout: stdout ?? null, stderr: stderr ?? null };
}

/** Whether two processes are the same but for what templates can tell. */
function isAlike(one: ProcessConfig, other: ProcessConfig): boolean {
  return structurallyEqual(one.policy, other.policy) && structurallyEqual(withoutTexts(one.launch), withoutTexts(other.launch));
}

function withoutTexts(launch: LaunchConfig): unknown {
  const { command, directory, environment, stdout, stderr, ...same } = launch;
  return {
    ...same,
    problem: command.problem,
    hasDirectory: directory !== null,
    variables: Object.keys(environment).sort(),
    stdout: { ...stdout, log: stdout.log.kind },
    stderr: { ...stderr, log: stderr.log.kind },
  };
}

function pathOf(log: LogTarget): string | null {
  return log.kind === "file" ? log.path : null;
}
