import type { Credentials, InetServerConfig, ServerConfig, UnixServerConfig } from "../../model/config.ts";
import type { ConfigWorld } from "../../model/config-world.ts";
import { parseInetAddress } from "../inet-address.ts";
import { INET_SERVER_KEYS as INET, UNIX_SERVER_KEYS as UNIX } from "../keys/daemon-keys.ts";
import { defaultPlaces } from "./default-places.ts";
import { unknownKey } from "./messages.ts";
import type { Problems } from "./problems.ts";
import { expandScalar, findKey, isGiven, placeOf, readText, refuse, type Section } from "./section.ts";
import { type Spot, serverSpots } from "./spots.ts";
import type { MapTree } from "./tree.ts";
import { readBoolean, readOctal, readOwnership, readPath, readString } from "./values.ts";
import { fileVariables } from "./variables.ts";

/** Reads `http`: TCP servers first, then unix sockets. Without it there is one socket at the default place. */
export function readServers(root: MapTree, world: ConfigWorld, problems: Problems): readonly ServerConfig[] {
  const http = root.entries.get("http")?.value;
  if (http === undefined || (http.kind === "scalar" && http.value === null)) return [defaultServer(world)];
  const variables = fileVariables(root.file.path, world);
  const sectionOf = ({ label, tree: map }: Spot): Section[] =>
    map.kind === "map" ? [{ label, map, variables, world, problems }] : [];
  return [
    ...serverSpots(root, "inetServer").flatMap(sectionOf).flatMap(readInetServer),
    ...serverSpots(root, "unixServer").flatMap(sectionOf).flatMap(readUnixServer),
  ];
}

/** Only the daemon's own user reaches it. */
function defaultServer(world: ConfigWorld): UnixServerConfig {
  return { kind: "unix", section: "http", file: defaultPlaces(world).socket, mode: 0o700, owner: null, credentials: null };
}

function readUnixServer(section: Section): readonly UnixServerConfig[] {
  const file = readPath(section, UNIX.file);
  const mode = readOctal(section, UNIX.chmod) ?? 0o700;
  const owner = readOwnership(section, UNIX.chown);
  const credentials = readCredentials(section);
  const viewer = readViewer(section, credentials);
  return file === null
    ? []
    : [{ kind: "unix", section: section.label, file, mode, owner, credentials, ...viewer, ...readLegacy(section) }];
}

function readInetServer(section: Section): readonly InetServerConfig[] {
  const credentials = readCredentials(section);
  const written = readText(section, INET.port);
  if (written === null) return [];
  const address = parseInetAddress(written.text.trim());
  if ("problem" in address) {
    refuse(section, INET.port, written);
    return [];
  }
  if (credentials === null && !isLoopback(address.host)) {
    const everywhere = address.host === "" ? "every interface" : address.host;
    const advice = `add username and password, or listen on 127.0.0.1:${address.port}`;
    const message = `cannot listen on ${everywhere} without a password: whoever reaches the port could run commands; ${advice}`;
    section.problems.report(written.tree, message);
  }
  return [
    {
      kind: "inet",
      section: section.label,
      ...address,
      credentials,
      ...readViewer(section, credentials),
      ...readLegacy(section),
    },
  ];
}

function isLoopback(host: string): boolean {
  return host === "localhost" || /^127\.\d+\.\d+\.\d+$/.test(host);
}

/** Both or neither. */
function readCredentials(section: Section): Credentials | null {
  const username = readString(section, UNIX.username);
  const password = readString(section, UNIX.password);
  for (const [given, missing] of [[UNIX.username, UNIX.password] as const, [UNIX.password, UNIX.username] as const]) {
    if (!isGiven(section, given) || isGiven(section, missing)) continue;
    section.problems.report(placeOf(section, given), `cannot use ${given.yaml} in ${section.label} without ${missing.yaml}`);
  }
  if (username === "")
    section.problems.report(placeOf(section, UNIX.username), `cannot use an empty username in ${section.label}`);
  return username === null || password === null ? null : { username, password };
}

/** The login of those who only look, which is none where nobody else needs one. */
function readViewer(section: Section, credentials: Credentials | null): { readonly viewer?: Credentials } {
  const found = findKey(section, UNIX.readonly);
  if (found?.tree.kind !== "map") return {};
  const { label, problems } = section;
  const entries = [...found.tree.entries].flatMap(([name, { key, value }]) => {
    if (name !== "username" && name !== "password")
      problems.report(key, unknownKey(name, `readonly of ${label}`, ["username", "password"]));
    const text = value.kind === "scalar" ? expandScalar(section, value, `readonly.${name}`, null) : null;
    return text === null ? [] : [[name, text] as const];
  });
  const { username, password } = Object.fromEntries(entries) as Partial<Credentials>;
  if (!username || password === undefined)
    problems.report(found.tree, `cannot use readonly in ${label} without username and password`);
  else if (credentials === null)
    problems.report(
      found.tree,
      `cannot use readonly in ${label} while everybody else needs no password: add username and password`,
    );
  else if (username === credentials.username)
    problems.report(found.tree, `cannot use one username twice in ${label}: readonly needs another`);
  else return { viewer: { username, password } };
  return {};
}

function readLegacy(section: Section): { readonly legacyGetActions?: true } {
  return readBoolean(section, UNIX.legacy_get_actions) ? { legacyGetActions: true } : {};
}
