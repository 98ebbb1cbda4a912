import type { CommandLine, Environment, LaunchConfig, LogTarget, StreamConfig } from "../../model/config.ts";
import { commandLineOfWords, parseCommandLine } from "../command-line.ts";
import { PROGRAM_KEYS as KEYS } from "../keys/program-keys.ts";
import { readEnvironment, readItems } from "./lists.ts";
import { findKey, isGiven, placeOf, readText, type Section } from "./section.ts";
import { positionOf } from "./tree.ts";
import { readBoolean, readBytes, readInteger, readLogTarget, readOctal, readPath, readString, readUser } from "./values.ts";

/** Reads what makes the child of one process. */
export function readLaunch(section: Section, inherited: Environment): LaunchConfig {
  const serverUrl = readString(section, KEYS.serverurl);
  const tty = readBoolean(section, KEYS.tty);
  const redirectStderr = tty || readBoolean(section, KEYS.redirect_stderr);
  return {
    command: readCommand(section),
    directory: readPath(section, KEYS.directory),
    umask: readOctal(section, KEYS.umask),
    user: readUser(section, KEYS.user),
    environment: { ...inherited, ...readEnvironment(section, KEYS.environment) },
    serverUrl: serverUrl?.toUpperCase() === "AUTO" ? null : serverUrl,
    redirectStderr,
    tty,
    stdout: readStream(section, "stdout"),
    stderr: redirectStderr ? redirected(section, tty) : readStream(section, "stderr"),
    socket: null,
  };
}

function readCommand(section: Section): CommandLine {
  const found = findKey(section, KEYS.command);
  if (found?.tree.kind === "list") return commandLineOfWords(readItems(section, KEYS.command).map(({ text }) => text));
  const written = readText(section, KEYS.command);
  if (written === null) return parseCommandLine("");
  const command = parseCommandLine(written.text.trim());
  const { problems, label } = section;
  if (command.problem !== null)
    problems.report(written.tree, `cannot split ${written.name} of ${label} into words: ${command.problem}`);
  else if (command.words.length === 0) problems.report(written.tree, `cannot run an empty ${written.name} in ${label}`);
  return command;
}

function readStream(section: Section, channel: "stdout" | "stderr"): StreamConfig {
  const stream = {
    log: readLogTarget(section, KEYS[`${channel}_logfile`]),
    maxBytes: readBytes(section, KEYS[`${channel}_logfile_maxbytes`]),
    backups: readInteger(section, KEYS[`${channel}_logfile_backups`]),
    captureMaxBytes: readBytes(section, KEYS[`${channel}_capture_maxbytes`]),
    eventsEnabled: readBoolean(section, KEYS[`${channel}_events_enabled`]),
    syslog: readBoolean(section, KEYS[`${channel}_syslog`]),
  };
  if (stream.log.kind === "auto" && stream.maxBytes === 0) {
    const message = `${channel} of ${section.label} is logged without limit: set ${channel}_logfile_maxbytes above 0, or ${channel} to a file`;
    section.problems.note("warn", positionOf(placeOf(section, KEYS[`${channel}_logfile_maxbytes`])), message);
  }
  return stream;
}

/** stderr has no log of its own then. */
function redirected(section: Section, isTty: boolean): StreamConfig {
  const stream = readStream(section, "stderr");
  if (isGiven(section, KEYS.stderr_logfile) && stream.log.kind === "file") {
    const message = `stderr of ${section.label} goes where stdout goes (${isTty ? "tty" : "redirect_stderr"}), so its own file is not used`;
    section.problems.note("warn", positionOf(placeOf(section, KEYS.stderr_logfile)), message);
  }
  const log: LogTarget = { kind: "none" };
  return { ...stream, log };
}
