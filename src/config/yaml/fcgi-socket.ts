import type { FcgiSocketConfig, Ownership, UserAccount } from "../../model/config.ts";
import { FCGI_KEYS as KEYS, PROGRAM_KEYS } from "../keys/program-keys.ts";
import { type BadSocketUrl, parseSocketUrl } from "../socket-url.ts";
import { isGiven, placeOf, readText, refuse, type Section } from "./section.ts";
import { readOctal, readOptionalInteger, readOwnership, readUser } from "./values.ts";
import { withBuiltIns } from "./variables.ts";

/**
 * Reads the socket of a FastCGI program. A unix socket belongs to the program's user and its primary group when that is not the user of the daemon.
 * @returns `null` when there is none, which the schema reports, or when it was refused.
 */
export function readFcgiSocket(outer: Section, program: string): FcgiSocketConfig | null {
  const section = { ...outer, variables: withBuiltIns(outer.variables, { PROGRAM_NAME: program, GROUP_NAME: program }) };
  const written = readText(section, KEYS.socket);
  const backlog = readOptionalInteger(section, KEYS.socket_backlog);
  const owner = readOwnership(section, KEYS.socket_owner);
  const mode = readOctal(section, KEYS.socket_mode);
  if (written === null) return null;
  const socket = parseSocketUrl(written.text);
  if ("problem" in socket) {
    refuse(section, KEYS.socket, written, REASONS[socket.problem]);
    return null;
  }
  if (socket.kind === "tcp") {
    for (const option of [KEYS.socket_owner, KEYS.socket_mode]) {
      if (!isGiven(section, option)) continue;
      section.problems.report(
        placeOf(section, option),
        `cannot use ${option.yaml} in ${section.label}: only a unix socket has it`,
      );
    }
    return { url: socket.url, owner: null, mode: null, backlog };
  }
  const user = readUser(section, PROGRAM_KEYS.user);
  return { url: socket.url, owner: owner ?? defaultOwner(user, section.world.uid), mode, backlog };
}

function defaultOwner(user: UserAccount | null, daemonUid: number): Ownership | null {
  return user === null || user.uid === daemonUid ? null : { uid: user.uid, gid: user.gid };
}

const REASONS: Readonly<Record<BadSocketUrl["problem"], string>> = {
  format: "expected tcp://host:port or unix:///absolute/path",
  "relative-path": "the path of a unix socket must be absolute",
  "port-below": "a port is a number from 1 to 65535",
  "port-above": "a port is a number from 1 to 65535",
};
