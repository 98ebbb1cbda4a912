import type { Environment, GroupConfig } from "../../model/config.ts";
import type { Diagnostic } from "../../model/diagnostic.ts";
import { SECTIONS } from "../keys.ts";
import { distinctProcesses, orderGroups } from "../order.ts";
import { splitList } from "../scalars.ts";
import { attempt, ConfigProblem } from "./config-problem.ts";
import { extend } from "./expand.ts";
import { readFcgiSocket } from "./fcgi-socket.ts";
import type { IniContext } from "./ini-context.ts";
import { type IniSection, nameAfterColon, sectionsWithPrefix } from "./ini-document.ts";
import { readListenerPool } from "./listener-section.ts";
import { optionReader } from "./option-reader.ts";
import * as values from "./option-values.ts";
import { readProgram } from "./program-section.ts";

/**
 * Reads every section that makes a group: `[group:x]`, then the programs that no group lists, listeners and FastCGI programs. A
 * broken section does not hide the mistakes of the next.
 * @param environment - of `[supervisord]`, for all children.
 * @param errors - receives the problems in the order in which supervisord would find them.
 */
export function readGroups(context: IniContext, environment: Environment, errors: Diagnostic[]): readonly GroupConfig[] {
  const groups: GroupConfig[] = [];
  const grouped = new Set<IniSection>();
  const add = (read: () => GroupConfig) => {
    const group = attempt(errors, read);
    if (group !== undefined) groups.push(group);
  };
  const { document } = context;
  for (const section of sectionsWithPrefix(document, "group:")) add(() => readGroup(context, section, environment, grouped));
  for (const section of sectionsWithPrefix(document, "program:")) {
    if (!grouped.has(section)) add(() => readProgramGroup(context, section, environment));
  }
  for (const section of sectionsWithPrefix(document, "eventlistener:"))
    add(() => readListenerPool(context, section, environment));
  for (const section of sectionsWithPrefix(document, "fcgi-program:")) {
    if (!grouped.has(section)) add(() => readFcgiGroup(context, section, environment));
  }
  const { groups: ordered, dropped } = orderGroups(groups);
  for (const { name } of dropped) {
    context.notes.add("warn", `more than one section makes a group of the name ${name}; the first by priority is kept`);
  }
  return ordered;
}

function readGroup(context: IniContext, section: IniSection, environment: Environment, grouped: Set<IniSection>): GroupConfig {
  const name = values.processOrGroupName(nameAfterColon(section));
  const names = extend(context.environmentNames, { here: context.here });
  const options = optionReader(context.document, section, SECTIONS.group.keys, names);
  const programs = options.optional("programs", splitList) ?? [];
  const priority = options.setting("priority", values.integer);
  for (const program of programs) for (const member of sectionsOfProgram(context, program)) grouped.add(member);
  const processes = programs.flatMap((program) => {
    const member = findProgram(context, section, program);
    const socket = member.name.startsWith("fcgi-program:") ? groupedSocket(context, member) : null;
    return readProgram(context, member, { group: name, socket, environment });
  });
  return { name, priority, processes: distinctProcesses(processes), listener: null };
}

function findProgram(context: IniContext, group: IniSection, name: string): IniSection {
  const [found, second] = sectionsOfProgram(context, name);
  const position = group.options.get("programs")?.position;
  if (found === undefined) {
    throw new ConfigProblem(`[${group.name}] names unknown program or fcgi-program ${name}`, position);
  }
  if (second !== undefined) {
    throw new ConfigProblem(`[${group.name}] name ${name} is ambiguous (exists as program and fcgi-program)`, position);
  }
  return found;
}

function sectionsOfProgram({ document }: IniContext, name: string): readonly IniSection[] {
  const sections = [`program:${name}`, `fcgi-program:${name}`].map((section) => document.sections.get(section));
  return sections.filter((section) => section !== undefined);
}

/** supervisord forgets the socket of a grouped program and never looks at its options; so a bad one is no error here. */
function groupedSocket(context: IniContext, section: IniSection) {
  const problems: Diagnostic[] = [];
  const socket = attempt(problems, () => readFcgiSocket(context, section, nameAfterColon(section).trim()));
  for (const { message, position } of problems)
    context.notes.add("warn", `${message}; the program runs without a socket`, position);
  return socket ?? null;
}

function readProgramGroup(context: IniContext, section: IniSection, environment: Environment): GroupConfig {
  const name = values.processOrGroupName(nameAfterColon(section));
  const priority = readGroupPriority(context, section);
  const processes = readProgram(context, section, { group: name, socket: null, environment });
  return { name, priority, processes, listener: null };
}

function readFcgiGroup(context: IniContext, section: IniSection, environment: Environment): GroupConfig {
  const name = values.processOrGroupName(nameAfterColon(section));
  const priority = readGroupPriority(context, section);
  const socket = readFcgiSocket(context, section, name);
  const processes = readProgram(context, section, { group: name, socket, environment });
  return { name, priority, processes, listener: null };
}

/** The priority of the group that a program makes by itself; fewer names may be expanded in it than in the rest of the section. */
function readGroupPriority(context: IniContext, section: IniSection): number {
  const names = extend(context.environmentNames, { here: context.here });
  return optionReader(context.document, section, SECTIONS.program.keys, names).setting("priority", values.integer);
}
