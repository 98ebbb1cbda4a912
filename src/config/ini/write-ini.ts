import type { Config, CtlConfig, Environment, ServerConfig } from "../../model/config.ts";
import type { ConfigWorld } from "../../model/config-world.ts";
import type { Conversion } from "../convert/conversion.ts";
import { ctlEntries, daemonEntries } from "../convert/daemon-entries.ts";
import { type Entry, fcgiEntries, listenerEntries, programEntries, serverEntries, word } from "../convert/entries.ts";
import { type FoldedListener, foldConfig } from "../convert/fold.ts";
import { firstDifference } from "../convert/same-model.ts";
import { worldWithFile } from "../convert/world-with-file.ts";
import { DAEMON_KEYS } from "../keys/daemon-keys.ts";
import type { ConfigKey } from "../keys/key.ts";
import { PROGRAM_KEYS } from "../keys/program-keys.ts";
import { SECTIONS } from "../keys.ts";
import { temporaryDirectory } from "../temporary-directory.ts";
import { loadIni } from "./load-ini.ts";
import { type RenderedSection, renderSection } from "./render-ini.ts";

/**
 * Writes a configuration as supervisord's INI, as far as INI can say it. The text is loaded again before it is given away. What
 * supervisord has no option for is left out and noted; it has one rule only for a program that ends early, for example.
 * @param ctl - what the control client takes from the same file; `null` leaves `[supervisorctl]` out.
 * @param world - the system it was loaded on.
 */
export function writeIni(config: Config, ctl: CtlConfig | null, world: ConfigWorld): Conversion {
  const folded = foldConfig(config);
  const { environment } = config.daemon;
  const sections = [
    daemonSection(config, world),
    ...config.servers.map((server, index) => serverSection(server, index, config.servers)),
    ...(ctl === null ? [] : [renderSection("supervisorctl", "ctl", ctlEntries(ctl))]),
    ...folded.programs.map((program) => programSection("program", "program", program.name, programEntries(program, environment))),
    ...folded.fcgi.map((program) =>
      programSection("fcgi-program", "FastCGI program", program.name, fcgiEntries(program, environment, world.uid)),
    ),
    ...folded.listeners.map((listener) => listenerSection(listener, environment)),
    ...folded.groups.map(({ name, priority, programs }) =>
      renderSection(`group:${name}`, `group ${JSON.stringify(name)}`, [
        { option: SECTIONS.group.keys.programs, value: { kind: "list", items: programs } },
        word(SECTIONS.group.keys.priority, priority),
      ]),
    ),
  ];
  const problems = [...folded.problems, ...sections.flatMap((section) => section.problems)];
  if (problems.length > 0) return { ok: false, problems };
  const text = `${[...sections, ...interfaceSection(config)].map(({ lines }) => lines.join("\n")).join("\n\n")}\n`;
  const refusals = check(text, config, world);
  if (refusals.length > 0) return { ok: false, problems: refusals };
  return { ok: true, text, notes: sections.flatMap((section) => section.notes) };
}

/** Whether clients may call `supervisor.*` is said by a section of its own. */
function daemonSection(config: Config, world: ConfigWorld): RenderedSection {
  const hasUsualLogs = config.daemon.childlogdir === temporaryDirectory(world);
  const left = (option: ConfigKey) =>
    option === DAEMON_KEYS.supervisor_interface || (hasUsualLogs && option === DAEMON_KEYS.childlogdir);
  const entries = daemonEntries(config).filter(({ option }) => !left(option));
  return renderSection("supervisord", "daemon", entries, new Map([[DAEMON_KEYS.environment, 2]]));
}

function serverSection(server: ServerConfig, index: number, servers: readonly ServerConfig[]): RenderedSection {
  const ini = SECTIONS[server.kind === "inet" ? "inetServer" : "unixServer"].ini;
  const rank = servers.slice(0, index).filter(({ kind }) => kind === server.kind).length;
  return renderSection(rank === 0 ? ini : `${ini}:${rank + 1}`, `http.${server.kind}`, serverEntries(server));
}

function programSection(section: string, kind: string, name: string, entries: readonly Entry[]): RenderedSection {
  const twice = new Map([
    [PROGRAM_KEYS.stdout_logfile, 2],
    [PROGRAM_KEYS.stderr_logfile, 2],
  ]);
  return renderSection(`${section}:${name}`, `${kind} ${JSON.stringify(name)}`, entries.filter(isSaid(entries)), twice);
}

/** killasgroup follows stopasgroup by itself. */
function isSaid(entries: readonly Entry[]): (entry: Entry) => boolean {
  const textOf = (option: Entry["option"]) => entries.filter((entry) => entry.option === option).map(({ value }) => value)[0];
  const [stop, kill] = [textOf(PROGRAM_KEYS.stopasgroup), textOf(PROGRAM_KEYS.killasgroup)];
  const same = stop?.kind === "word" && kill?.kind === "word" && stop.text === kill.text;
  return ({ option }) => !(same && option === PROGRAM_KEYS.killasgroup);
}

/** A pool without a priority comes before all programs, although its processes have the usual one; any other priority is theirs too. */
function listenerSection(listener: FoldedListener, inherited: Environment): RenderedSection {
  const { name, groupPriority, policy } = listener;
  const rendered = programSection("eventlistener", "listener", name, listenerEntries(listener, inherited));
  if (groupPriority === -1 && policy.priority === 999) return rendered;
  return { ...rendered, lines: [...rendered.lines, `${PROGRAM_KEYS.priority.ini} = ${groupPriority}`] };
}

function interfaceSection({ supervisorInterface }: Config): readonly { readonly lines: readonly string[] }[] {
  if (!supervisorInterface) return [];
  const factory = "supervisor.rpcinterface:make_main_rpcinterface";
  return [{ lines: ["[rpcinterface:supervisor]", `supervisor.rpcinterface_factory = ${factory}`] }];
}

/** Loads the text as if it lay beside the original; what INI cannot say (the rule for an early exit, a terminal, a login for reading) does not count. */
function check(text: string, config: Config, world: ConfigWorld): readonly string[] {
  const path = `${config.path}.conf`;
  const outcome = loadIni(path, worldWithFile(world, path, text), {});
  if (!outcome.ok) return outcome.errors.map(({ message }) => `cannot write this as INI: ${message}`);
  const difference = firstDifference(asIniSaysIt(config), outcome.value, world.cwd);
  return difference === null ? [] : [`cannot write ${difference} as INI: it would not mean the same`];
}

function asIniSaysIt(config: Config): Config {
  const groups = config.groups.map((group) => ({
    ...group,
    processes: group.processes.map((process) => ({
      ...process,
      policy: { ...process.policy, earlyExit: "failure" as const },
      launch: { ...process.launch, tty: false },
    })),
  }));
  return { ...config, groups, servers: config.servers.map(({ viewer: _, ...server }) => server) };
}
