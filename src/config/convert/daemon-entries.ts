import type { Config, CtlConfig, DaemonConfig } from "../../model/config.ts";
import { CTL_KEYS, DAEMON_KEYS as KEYS } from "../keys/daemon-keys.ts";
import { bytesText, octalText } from "../written-values.ts";
import { type Entry, text, word } from "./entries.ts";

/** The options of the daemon itself. */
export function daemonEntries({ daemon, supervisorInterface }: Config): readonly Entry[] {
  return [
    logfileEntry(daemon),
    word(KEYS.logfile_maxbytes, bytesText(daemon.logfileMaxBytes)),
    word(KEYS.logfile_backups, daemon.logfileBackups),
    word(KEYS.loglevel, daemon.logLevel),
    text(KEYS.pidfile, daemon.pidfile),
    text(KEYS.identifier, daemon.identifier),
    word(KEYS.umask, octalText(daemon.umask)),
    ...(daemon.user === null ? [] : [text(KEYS.user, daemon.user.name)]),
    ...(daemon.directory === null ? [] : [text(KEYS.directory, daemon.directory)]),
    word(KEYS.minfds, daemon.minfds),
    word(KEYS.minprocs, daemon.minprocs),
    word(KEYS.nodaemon, daemon.nodaemon),
    word(KEYS.silent, daemon.silent),
    word(KEYS.nocleanup, daemon.nocleanup),
    text(KEYS.childlogdir, daemon.childlogdir),
    word(KEYS.strip_ansi, daemon.stripAnsi),
    ...environmentEntry(daemon),
    ...(daemon.runtimedir === null ? [] : [text(KEYS.runtimedir, daemon.runtimedir)]),
    word(KEYS.supervisor_interface, supervisorInterface),
  ];
}

export function ctlEntries(ctl: CtlConfig): readonly Entry[] {
  return [
    text(CTL_KEYS.serverurl, ctl.serverUrl),
    ...(ctl.username === null ? [] : [text(CTL_KEYS.username, ctl.username)]),
    ...(ctl.password === null ? [] : [text(CTL_KEYS.password, ctl.password)]),
    text(CTL_KEYS.prompt, ctl.prompt),
    ...(ctl.historyFile === null ? [] : [text(CTL_KEYS.history_file, ctl.historyFile)]),
  ];
}

function logfileEntry({ logfile }: DaemonConfig): Entry {
  return logfile.kind === "file" ? text(KEYS.logfile, logfile.path) : word(KEYS.logfile, logfile.kind);
}

function environmentEntry({ environment }: DaemonConfig): readonly Entry[] {
  const variables = Object.entries(environment).map(([name, value]) => [name, [{ kind: "text", text: value }]] as const);
  return variables.length === 0
    ? []
    : [{ option: KEYS.environment, value: { kind: "environment", variables: new Map(variables) } }];
}
