import type { FcgiSocketConfig, Ownership, UserAccount } from "../../model/config.ts";
import type { ConfigWorld } from "../../model/config-world.ts";
import { SECTIONS } from "../keys.ts";
import { type BadSocketUrl, parseSocketUrl } from "../socket-url.ts";
import { at, ConfigProblem } from "./config-problem.ts";
import { extend } from "./expand.ts";
import type { IniContext } from "./ini-context.ts";
import type { IniSection } from "./ini-document.ts";
import { optionReader } from "./option-reader.ts";
import * as values from "./option-values.ts";
import { repr } from "./python-text.ts";

/**
 * Reads the socket of `[fcgi-program:x]`. A unix socket belongs to the program's user and its primary group when that is not
 * the user of the daemon.
 * @throws ConfigProblem
 */
export function readFcgiSocket(context: IniContext, section: IniSection, program: string): FcgiSocketConfig {
  const { document, world } = context;
  const names = extend(context.environmentNames, { here: context.here });
  const options = optionReader(document, section, SECTIONS.fcgi.keys, names);
  const user = options.optional("user", (value) => values.user(value, world));
  const backlog = options.optional("socket_backlog", readBacklog) ?? null;
  const owner = options.optional("socket_owner", (value) => values.ownership(value, "socket_owner", world));
  const mode = options.optional("socket_mode", (value) => values.mode(value, "socket_mode"));
  const withProgram = optionReader(document, section, SECTIONS.fcgi.keys, extend(names, { program_name: program }));
  const text = withProgram.optional("socket", values.text);
  if (text === undefined || text === "") {
    throw new ConfigProblem(`[${section.name}] section requires a "socket" line`, section.position);
  }
  return at(options.raw("socket")?.position ?? section.position, () => {
    const isUnix = text.startsWith("unix://");
    if (!isUnix && (owner !== undefined || mode !== undefined)) {
      const rule = "socket_owner and socket_mode params should only be used with a Unix domain socket";
      throw new ConfigProblem(`${rule} in [${section.name}] socket`);
    }
    const socket = parseSocketUrl(text);
    if ("problem" in socket) throw new ConfigProblem(`${describe(socket)} in [${section.name}] socket`);
    if (socket.kind === "tcp") return { url: socket.url, owner: null, mode: null, backlog };
    return { url: socket.url, owner: owner ?? defaultOwner(user, world), mode: mode ?? defaultMode(), backlog };
  });
}

function defaultOwner(user: UserAccount | undefined, world: ConfigWorld): Ownership | null {
  return user === undefined || user.uid === world.uid ? null : { uid: user.uid, gid: user.gid };
}

function defaultMode(): number {
  return values.octal(SECTIONS.fcgi.keys.socket_mode.iniDefault.text);
}

function readBacklog(value: string): number {
  const backlog = values.integer(value);
  if (backlog < 1 || backlog > 65535) throw new ConfigProblem(`Invalid socket_backlog value ${backlog}`);
  return backlog;
}

/** The tuples are supervisord's. */
function describe({ problem, part }: BadSocketUrl): string {
  switch (problem) {
    case "format":
      return `('Bad socket format %s', ${repr(part)})`;
    case "relative-path":
      return `('Unix socket path %s is not an absolute path', ${repr(part)})`;
    case "port-below":
      return `${Number(part)} is below lower bound (1)`;
    case "port-above":
      return `${Number(part)} is above upper bound (65535)`;
  }
}
