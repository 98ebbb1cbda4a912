import { isYaml } from "../src/config/dialect.ts";
import { writeIni } from "../src/config/ini/write-ini.ts";
import { loadConfig } from "../src/config/load.ts";
import { loadCtlConfig } from "../src/config/load-ctl.ts";
import { writeYaml } from "../src/config/yaml/write-yaml.ts";
import { formatDiagnostic } from "../src/model/diagnostic.ts";
import { systemConfigWorld } from "../src/os/config-world.ts";

export interface ConvertedFile {
  /** `null` when there is none. */
  readonly text: string | null;
  /** Errors without a text; with one, what it could not take over. */
  readonly complaints: readonly string[];
}

/** Reads a configuration file and writes it in the other dialect. */
export async function convertFile(file: string): Promise<ConvertedFile> {
  const world = systemConfigWorld();
  const loaded = loadConfig(file, world);
  if (!loaded.ok) return { text: null, complaints: loaded.errors.map(formatDiagnostic) };
  // Many files for the daemon say nothing to the client: then neither does what is made of them.
  const ctl = await loadCtlConfig(file, world);
  const conversion = (isYaml(file) ? writeIni : writeYaml)(loaded.value, ctl.ok ? ctl.value : null, world);
  return conversion.ok
    ? { text: conversion.text, complaints: conversion.notes }
    : { text: null, complaints: conversion.problems };
}
