import type { Environment, GroupConfig, ProcessConfig } from "../../model/config.ts";
import type { ConfigWorld } from "../../model/config-world.ts";
import { LISTENER_KEYS, PROGRAM_KEYS } from "../keys/program-keys.ts";
import { SECTIONS } from "../keys.ts";
import { forbiddenCharacter } from "../names.ts";
import { orderGroups } from "../order.ts";
import type { ProcessCounts } from "../outcome.ts";
import { suggest } from "../suggest.ts";
import { readFcgiSocket } from "./fcgi-socket.ts";
import { type Item, readEventTypes, readItems } from "./lists.ts";
import type { Problems } from "./problems.ts";
import { readProcesses } from "./programs.ts";
import { isGiven, placeOf, type Section } from "./section.ts";
import { type NamedKind, namedSpots, type Spot } from "./spots.ts";
import { type MapTree, positionOf } from "./tree.ts";
import { readInteger, readString } from "./values.ts";
import { fileVariables } from "./variables.ts";

/** What all sections are read with. */
export interface GroupReading {
  readonly world: ConfigWorld;
  readonly problems: Problems;
  /** The environment of `daemon`, which every process gets. */
  readonly environment: Environment;
  readonly counts: ProcessCounts;
}

/** Reads every program, listener and group of all files into groups, ordered by (priority, name). */
export function readGroups(roots: readonly MapTree[], reading: GroupReading): readonly GroupConfig[] {
  const programs = collect(roots, "program", reading);
  const fcgi = collect(roots, "fcgi", reading);
  const listeners = collect(roots, "listener", reading);
  const members = collect(roots, "group", reading).map(({ spot, section }) => ({
    spot,
    section,
    members: readMembers(section, { programs, fcgi }),
  }));
  const grouped = new Set(members.flatMap((each) => each.members.map(({ spot }) => spot.name)));
  const alone = programs.filter(({ spot }) => !grouped.has(spot.name));
  reportSharedNames([...members, ...alone, ...fcgi, ...listeners], reading.problems);
  return orderGroups([
    ...members.map((group) => readGroup(group, reading)),
    ...alone.map((program) => readProgramGroup(program, reading)),
    ...fcgi.map((program) => readFcgiGroup(program, reading)),
    ...listeners.map((listener) => readListenerPool(listener, reading)),
  ]).groups;
}

/** A named section that is well-formed enough to be read. */
interface Named {
  readonly spot: Spot;
  readonly section: Section;
}

interface Group extends Named {
  readonly members: readonly Named[];
}

/** All sections of one kind; a name may be given once in all files together. */
function collect(roots: readonly MapTree[], kind: NamedKind, { world, problems }: GroupReading): readonly Named[] {
  const named = new Map<string, Named>();
  for (const root of roots) {
    const variables = fileVariables(root.file.path, world);
    for (const spot of namedSpots(root, kind)) {
      checkName(spot, problems);
      const first = named.get(spot.name)?.spot;
      if (first !== undefined) {
        const { file, line } = positionOf(first.key);
        problems.report(spot.key, `cannot define ${spot.label} twice: it is already in ${file}:${line}`);
      } else if (spot.tree.kind === "map") {
        named.set(spot.name, { spot, section: { label: spot.label, map: spot.tree, variables, world, problems } });
      }
    }
  }
  return [...named.values()];
}

function checkName({ name, label, key }: Spot, problems: Problems): void {
  const character = forbiddenCharacter(name);
  if (name.trim() === "") problems.report(key, `cannot name ${label}: a name has at least one character`);
  else if (name.trim() !== name) problems.report(key, `cannot name ${label}: a name neither begins nor ends with a space`);
  else if (character !== undefined)
    problems.report(key, `cannot name ${label}: a name cannot contain ${JSON.stringify(character)}`);
}

/** The programs that a group lists, in its order. */
function readMembers(
  section: Section,
  { programs, fcgi }: { programs: readonly Named[]; fcgi: readonly Named[] },
): readonly Named[] {
  const known = new Map(programs.map((program) => [program.spot.name, program]));
  const members = new Map<string, Named>();
  for (const item of readItems(section, SECTIONS.group.keys.programs)) {
    const program = known.get(item.text);
    const problem = memberProblem(item, { section, known, fcgi, listed: members });
    if (problem !== null) section.problems.report(item.tree, problem);
    if (program !== undefined) members.set(item.text, program);
  }
  return [...members.values()];
}

interface MemberCheck {
  readonly section: Section;
  readonly known: ReadonlyMap<string, Named>;
  readonly fcgi: readonly Named[];
  readonly listed: ReadonlyMap<string, Named>;
}

function memberProblem({ text }: Item, { section: { label }, known, fcgi, listed }: MemberCheck): string | null {
  const quoted = JSON.stringify(text);
  if (listed.has(text)) return `cannot list ${quoted} twice in ${label}`;
  if (known.has(text)) return null;
  if (fcgi.some(({ spot }) => spot.name === text)) {
    return `cannot list the FastCGI program ${quoted} in ${label}: its processes share a socket and make a group of their own`;
  }
  const meant = suggest(text, [...known.keys()]);
  return `cannot find the program ${quoted} of ${label}${meant === undefined ? "" : `; did you mean "${meant}"?`}`;
}

/** Clients tell groups apart by their names, and every program outside of a group makes one. */
function reportSharedNames(named: readonly Named[], problems: Problems): void {
  const taken = new Map<string, Spot>();
  for (const { spot } of named) {
    const first = taken.get(spot.name);
    if (first === undefined) taken.set(spot.name, spot);
    else {
      const { file, line } = positionOf(first.key);
      problems.report(
        spot.key,
        `cannot call ${spot.label} like ${first.label} (${file}:${line}): each makes a group of that name`,
      );
    }
  }
}

function readGroup({ spot: { name }, section, members }: Group, { environment, counts }: GroupReading): GroupConfig {
  const processes = members.flatMap((member) =>
    readProcesses(member.section, { program: member.spot.name, group: name, environment, counts }),
  );
  reportSharedProcessNames(section, processes);
  return { name, priority: readInteger(section, SECTIONS.group.keys.priority), processes, listener: null };
}

function reportSharedProcessNames(section: Section, processes: readonly ProcessConfig[]): void {
  const taken = new Map<string, ProcessConfig>();
  for (const process of processes) {
    const first = taken.get(process.name);
    taken.set(process.name, process);
    if (first === undefined) continue;
    const message = `cannot have two processes "${process.name}" in ${section.label}: programs "${first.program}" and "${process.program}" both name one so`;
    section.problems.report(placeOf(section, SECTIONS.group.keys.programs), message);
  }
}

function readProgramGroup({ spot: { name }, section }: Named, { environment, counts }: GroupReading): GroupConfig {
  const processes = readProcesses(section, { program: name, group: name, environment, counts });
  return { name, priority: readInteger(section, PROGRAM_KEYS.priority), processes, listener: null };
}

function readFcgiGroup(named: Named, reading: GroupReading): GroupConfig {
  const group = readProgramGroup(named, reading);
  const socket = readFcgiSocket(named.section, named.spot.name);
  refuseTty(named.section, group, "its stdin is a socket");
  return { ...group, processes: group.processes.map((process) => ({ ...process, launch: { ...process.launch, socket } })) };
}

function refuseTty(section: Section, { processes }: Pick<GroupConfig, "processes">, why: string): void {
  if (!processes.some(({ launch }) => launch.tty)) return;
  section.problems.report(placeOf(section, PROGRAM_KEYS.tty), `cannot use true for tty in ${section.label}: ${why}`);
}

/** Listeners go before the programs that they are to hear of. */
const LISTENER_GROUP_PRIORITY = -1;

function readListenerPool(named: Named, reading: GroupReading): GroupConfig {
  const { section } = named;
  const { priority, ...group } = readProgramGroup(named, reading);
  const why = "its stdout carries the event protocol";
  refuseTty(section, group, why);
  if (group.processes.some(({ launch }) => launch.redirectStderr && !launch.tty)) {
    const message = `cannot use true for redirect_stderr in ${section.label}: ${why}`;
    section.problems.report(placeOf(section, PROGRAM_KEYS.redirect_stderr), message);
  }
  return {
    ...group,
    priority: isGiven(section, PROGRAM_KEYS.priority) ? priority : LISTENER_GROUP_PRIORITY,
    listener: {
      events: readEventTypes(section, LISTENER_KEYS.events),
      bufferSize: readInteger(section, LISTENER_KEYS.buffer_size),
      resultHandler: readString(section, LISTENER_KEYS.result_handler) ?? "",
    },
  };
}
