import type { Config, CtlConfig, ServerConfig } from "../../model/config.ts";
import type { ConfigWorld } from "../../model/config-world.ts";
import { structurallyEqual } from "../../model/equal.ts";
import type { Conversion } from "../convert/conversion.ts";
import { ctlEntries, daemonEntries } from "../convert/daemon-entries.ts";
import { type Entry, fcgiEntries, listenerEntries, programEntries, serverEntries, word } from "../convert/entries.ts";
import { type FoldedConfig, type FoldedListener, foldConfig } from "../convert/fold.ts";
import type { FoldedProgram } from "../convert/fold-program.ts";
import { firstDifference } from "../convert/same-model.ts";
import { worldWithFile } from "../convert/world-with-file.ts";
import { CTL_KEYS, DAEMON_KEYS } from "../keys/daemon-keys.ts";
import { PROGRAM_KEYS } from "../keys/program-keys.ts";
import { SECTIONS } from "../keys.ts";
import { temporaryDirectory } from "../temporary-directory.ts";
import { defaultAccess } from "./ctl-section.ts";
import { defaultPlaces } from "./default-places.ts";
import { loadYaml } from "./load-yaml.ts";
import { renderDocument } from "./render-document.ts";
import { renderEntries, type YamlValue } from "./render-yaml.ts";

/**
 * Writes a configuration as YAML, saying only what differs from the defaults of YAML. The text is loaded again before it is given
 * away, so what comes out means the same as what went in.
 * @param ctl - what the control client takes from the same file; `null` leaves `ctl` out.
 * @param world - the system it was loaded on. Relative paths become absolute, from its working directory.
 */
export function writeYaml(config: Config, ctl: CtlConfig | null, world: ConfigWorld): Conversion {
  const folded = foldConfig(config);
  if (folded.problems.length > 0) return { ok: false, problems: folded.problems };
  const text = renderDocument({
    ...section("daemon", renderEntries(withoutDefaultPlaces(daemonEntries(config), world), world.cwd)),
    ...httpSection(config.servers, world),
    ...(ctl !== null && section("ctl", renderEntries(ownCtlEntries(ctl, config.servers), world.cwd))),
    ...programSections(config, folded, world),
  });
  const problems = check(text, config, world);
  return problems.length === 0 ? { ok: true, text, notes: [] } : { ok: false, problems };
}

function programSections(config: Config, folded: FoldedConfig, { cwd, uid }: ConfigWorld): { readonly [key: string]: YamlValue } {
  const { environment } = config.daemon;
  const render = (program: FoldedProgram, entries: readonly Entry[]) => renderEntries(ownNames(entries, program), cwd);
  const { programs, fcgi, listeners, groups } = folded;
  return {
    ...section(
      "programs",
      byName(programs, (program) => render(program, programEntries(program, environment))),
    ),
    ...section(
      "fcgi",
      byName(fcgi, (program) => render(program, fcgiEntries(program, environment, uid))),
    ),
    ...section(
      "listeners",
      byName(listeners, (listener) => ({
        ...render(listener, listenerEntries(listener, environment)),
        ...poolPriority(listener),
      })),
    ),
    ...section("groups", byName(groups, groupEntries)),
  };
}

/** A pool without a priority comes before all programs, although its processes have the usual one; any other priority is theirs too. */
function poolPriority({ groupPriority, policy }: FoldedListener): { readonly priority?: number } {
  return groupPriority === -1 && policy.priority === 999 ? {} : { priority: groupPriority };
}

function byName<Named extends { readonly name: string }>(all: readonly Named[], render: (each: Named) => YamlValue) {
  return Object.fromEntries(all.map((each) => [each.name, render(each)]));
}

function groupEntries({ priority, programs }: FoldedConfig["groups"][number]): YamlValue {
  return renderEntries(
    [
      { option: SECTIONS.group.keys.programs, value: { kind: "list", items: programs } },
      word(SECTIONS.group.keys.priority, priority),
    ],
    "/",
  );
}

/** `web_00`, `web_01` are what processes are called anyway. */
function ownNames(entries: readonly Entry[], { name, count, templates }: FoldedProgram): readonly Entry[] {
  const usual = [
    { kind: "text", text: `${name}_` },
    { kind: "number", width: 2 },
  ];
  if (count === 1 || !structurallyEqual(templates.processName, usual)) return entries;
  return entries.filter(({ option }) => option !== PROGRAM_KEYS.process_name);
}

function httpSection(servers: readonly ServerConfig[], world: ConfigWorld): { readonly http?: YamlValue } {
  const [only] = servers;
  if (only === undefined) return { http: "none" };
  const { socket } = defaultPlaces(world);
  const isDefault =
    only.kind === "unix" && only.file === socket && only.mode === 0o700 && only.owner === null && only.credentials === null;
  if (servers.length === 1 && isDefault) return {};
  const of = (kind: ServerConfig["kind"]) =>
    servers.filter((server) => server.kind === kind).map((server) => renderEntries(serverEntries(server), world.cwd));
  return { http: { ...oneOrMore("unix", of("unix")), ...oneOrMore("inet", of("inet")) } };
}

function oneOrMore(name: string, maps: readonly YamlValue[]): { readonly [key: string]: YamlValue } {
  const [first] = maps;
  if (first === undefined) return {};
  return { [name]: maps.length === 1 ? first : maps };
}

function withoutDefaultPlaces(entries: readonly Entry[], world: ConfigWorld): readonly Entry[] {
  const places = defaultPlaces(world);
  const defaults = new Map([
    [DAEMON_KEYS.logfile, places.logfile],
    [DAEMON_KEYS.pidfile, places.pidfile],
    [DAEMON_KEYS.childlogdir, temporaryDirectory(world)],
  ]);
  return entries.filter(({ option, value }) => {
    const place = defaults.get(option);
    return place === undefined || value.kind !== "text" || !structurallyEqual(value.template, [{ kind: "text", text: place }]);
  });
}

/** The client finds the servers of its own file by itself. */
function ownCtlEntries(ctl: CtlConfig, servers: readonly ServerConfig[]): readonly Entry[] {
  const { serverUrl, username, password } = ctl;
  const entries = ctlEntries(ctl);
  if (!structurallyEqual({ serverUrl, username, password }, defaultAccess(servers))) return entries;
  const access: readonly unknown[] = [CTL_KEYS.serverurl, CTL_KEYS.username, CTL_KEYS.password];
  return entries.filter(({ option }) => !access.includes(option));
}

/** An empty section is left out. */
function section(name: string, content: { readonly [key: string]: YamlValue }): { readonly [key: string]: YamlValue } {
  return Object.keys(content).length === 0 ? {} : { [name]: content };
}

/** Loads the text as if it lay beside the original. */
function check(text: string, config: Config, world: ConfigWorld): readonly string[] {
  const path = `${config.path}.yaml`;
  const outcome = loadYaml(path, worldWithFile(world, path, text), {});
  if (!outcome.ok) return outcome.errors.map(({ message }) => message);
  const difference = firstDifference(config, outcome.value, world.cwd);
  return difference === null ? [] : [`cannot write ${difference} as YAML: it would not mean the same`];
}
