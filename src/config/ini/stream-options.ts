import type { LogTarget, StreamConfig } from "../../model/config.ts";
import type { ConfigWorld } from "../../model/config-world.ts";
import { at } from "./config-problem.ts";
import { expand, type Names } from "./expand.ts";
import type { Notes } from "./notes.ts";
import * as values from "./option-values.ts";
import type { ProgramReader } from "./program-reader.ts";

export type Channel = "stdout" | "stderr";

/** What a stream has in common in all processes of a program. */
export type StreamEvents = Pick<StreamConfig, "captureMaxBytes" | "eventsEnabled">;

/** @throws ConfigProblem */
export function readStreamEvents(options: ProgramReader, channel: Channel): StreamEvents {
  return {
    captureMaxBytes: options.setting(`${channel}_capture_maxbytes`, values.byteSize),
    eventsEnabled: options.setting(`${channel}_events_enabled`, values.boolean),
  };
}

/**
 * Reads where the output of one process goes.
 * @param names - what may be expanded. The path of the log is expanded twice, so a literal percent sign takes four.
 * @throws ConfigProblem
 */
export function readStream(
  options: ProgramReader,
  channel: Channel,
  { events, names, world, notes }: { events: StreamEvents; names: Names; world: ConfigWorld; notes: Notes },
): StreamConfig {
  const option = `${channel}_logfile` as const;
  const position = options.raw(option)?.position ?? options.section.position;
  const once = options.setting(option, values.text);
  const target = at(position, () => readTarget(expand(once, names, option), world));
  const backups = options.setting(`${channel}_logfile_backups`, values.integer);
  const maxBytes = options.setting(`${channel}_logfile_maxbytes`, values.byteSize);
  const syslog = options.setting(`${channel}_syslog`, values.boolean);
  const where = `For [${options.section.name}],`;
  if (target === "syslog") {
    const advice = `Use ${channel}_syslog=true to enable syslog instead.`;
    notes.add("warn", `${where} ${option}=syslog but this is deprecated and will be removed.  ${advice}`, position);
  } else if (target.kind === "auto" && maxBytes === 0) {
    const advice = "set maxbytes > 0 to avoid filling up filesystem unintentionally";
    notes.add("warn", `${where} AUTO logging used for ${option} without rollover, ${advice}`, position);
  }
  const log: LogTarget = target === "syslog" ? { kind: "none" } : target;
  return { log, maxBytes, backups, ...events, syslog: syslog || target === "syslog" };
}

function readTarget(text: string, world: ConfigWorld): LogTarget | "syslog" {
  switch (text.toLowerCase()) {
    case "":
    case "none":
    case "off":
      return { kind: "none" };
    case "auto":
      return { kind: "auto" };
    case "syslog":
      return "syslog";
    default:
      return { kind: "file", path: values.fileInExistingDirectory(text, world) };
  }
}
