import type { DaemonConfig } from "../../model/config.ts";
import { DAEMON_KEYS as KEYS } from "../keys/daemon-keys.ts";
import { temporaryDirectory } from "../temporary-directory.ts";
import { defaultPlaces } from "./default-places.ts";
import { readEnvironment } from "./lists.ts";
import { placeOf, type Section } from "./section.ts";
import {
  readActivityLog,
  readBoolean,
  readBytes,
  readDirectory,
  readFilePath,
  readInteger,
  readLogLevel,
  readOctal,
  readPath,
  readString,
  readUser,
} from "./values.ts";

/** Reads `daemon`. */
export function readDaemon(section: Section): DaemonConfig {
  const { world } = section;
  const places = defaultPlaces(world);
  return {
    identifier: readIdentifier(section),
    logfile: readActivityLog(section, KEYS.logfile) ?? { kind: "file", path: places.logfile },
    logfileMaxBytes: readBytes(section, KEYS.logfile_maxbytes),
    logfileBackups: readInteger(section, KEYS.logfile_backups),
    logLevel: readLogLevel(section, KEYS.loglevel),
    pidfile: readFilePath(section, KEYS.pidfile) ?? places.pidfile,
    umask: readOctal(section, KEYS.umask) ?? 0o022,
    nodaemon: readBoolean(section, KEYS.nodaemon),
    silent: readBoolean(section, KEYS.silent),
    minfds: readInteger(section, KEYS.minfds),
    minprocs: readInteger(section, KEYS.minprocs),
    nocleanup: readBoolean(section, KEYS.nocleanup),
    childlogdir: readDirectory(section, KEYS.childlogdir) ?? temporaryDirectory(world),
    user: readUser(section, KEYS.user),
    directory: readDirectory(section, KEYS.directory),
    stripAnsi: readBoolean(section, KEYS.strip_ansi),
    environment: readEnvironment(section, KEYS.environment),
    runtimedir: readPath(section, KEYS.runtimedir),
  };
}

/** It is one token of every event's header. */
function readIdentifier(section: Section): string {
  const identifier = readString(section, KEYS.identifier) ?? "";
  if (identifier !== "" && !/\s/.test(identifier)) return identifier;
  const message = `cannot use ${JSON.stringify(identifier)} for identifier in ${section.label}: expected a word without spaces`;
  section.problems.report(placeOf(section, KEYS.identifier), message);
  return identifier;
}

/** Whether the `supervisor.*` methods are there. */
export function readSupervisorInterface(section: Section): boolean {
  return readBoolean(section, KEYS.supervisor_interface);
}
