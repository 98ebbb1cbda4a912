import { dirname, resolve } from "node:path";
import type { ConfigWorld } from "../../model/config-world.ts";
import { glob } from "../glob.ts";
import { at, ConfigProblem } from "./config-problem.ts";
import { expand, extend, type Names } from "./expand.ts";
import { emptyDocument, findOption, type IniDocument, type IniSection } from "./ini-document.ts";
import type { Notes } from "./notes.ts";
import { readIni, type TouchedOptions } from "./read-ini.ts";

/** A main file and all that it includes, as one document. */
export interface IniFiles {
  readonly document: IniDocument;
  /** Every file that was read, the main file first, each once. */
  readonly files: readonly string[];
}

/**
 * Reads the main file and the files of its `[include]`; an `[include]` in one of those is ignored.
 * @param environmentNames - `ENV_*`, for the patterns.
 * @throws ConfigProblem
 */
export function readIniFiles(path: string, world: ConfigWorld, environmentNames: Names, notes: Notes): IniFiles {
  const document = emptyDocument();
  const touched = readIni(document, path, readMainFile(path, world));
  const files = new Set([resolve(world.cwd, path)]);
  const include = document.sections.get("include");
  if (include !== undefined) {
    const here = dirname(resolve(world.cwd, path));
    expandHere(document, touched, here);
    for (const pattern of includePatterns(document, include, here, world, environmentNames)) {
      const matches = glob(pattern, world);
      if (matches.length === 0) notes.add("warn", `No file matches via include "${pattern}"`, include.position);
      for (const file of matches) {
        notes.add("info", `Included extra file "${file}" during parsing`);
        if (includeFile(document, file, world, notes)) files.add(file);
      }
    }
  }
  return { document, files: [...files] };
}

/**
 * Reads the main file alone, as the control client does.
 * @throws ConfigProblem
 */
export function readMainIniFile(path: string, world: ConfigWorld): IniDocument {
  const document = emptyDocument();
  readIni(document, path, readMainFile(path, world));
  return document;
}

function readMainFile(path: string, world: ConfigWorld): string {
  if (!world.exists(resolve(world.cwd, path))) throw new ConfigProblem(`could not find config file ${path}`);
  try {
    return withoutByteOrderMark(world.readFile(resolve(world.cwd, path)));
  } catch (error) {
    throw new ConfigProblem(`could not read config file ${path}${isUndecodable(error) ? reason(error) : ""}`);
  }
}

/** A file that cannot be opened is passed over, as supervisord does; but aloud. One that is no text is an error, as there. */
function includeFile(document: IniDocument, file: string, world: ConfigWorld, notes: Notes): boolean {
  let text: string;
  try {
    text = withoutByteOrderMark(world.readFile(file));
  } catch (error) {
    if (isUndecodable(error)) throw new ConfigProblem(`could not read config file ${file}${reason(error)}`);
    notes.add("warn", `cannot read the included file "${file}"${reason(error)}`);
    return false;
  }
  const touched = readIni(document, file, text);
  expandHere(document, touched, dirname(resolve(file)));
  return true;
}

/** Editors put it there unseen. */
function withoutByteOrderMark(text: string): string {
  return text.startsWith("\ufeff") ? text.slice(1) : text;
}

function isUndecodable(error: unknown): boolean {
  return error instanceof TypeError;
}

function reason(error: unknown): string {
  return error instanceof Error ? `: ${error.message}` : "";
}

function includePatterns(
  document: IniDocument,
  include: IniSection,
  here: string,
  world: ConfigWorld,
  environmentNames: Names,
): readonly string[] {
  const files = findOption(document, include, "files");
  if (files === undefined) {
    throw new ConfigProblem(".ini file has [include] section, but no files setting", include.position);
  }
  const names = extend(environmentNames, { here, host_node_name: world.hostName });
  const expanded = at(files.position, () => expand(files.value, names, "include.files"));
  return expanded
    .split(/\s+/)
    .filter((pattern) => pattern !== "")
    .map((pattern) => (pattern.startsWith("/") ? pattern : `${here === "/" ? "" : here}/${pattern}`));
}

const HERE = "%(here)s";

/**
 * Replaces `%(here)s`, as text, in all that was read so far: it means the directory of the file just read. Sections that this file did
 * not mention hold none any more, except for what they inherit from a `[DEFAULT]` that the file changed.
 */
function expandHere(document: IniDocument, touched: TouchedOptions, here: string): void {
  const inherited = [...document.defaults].filter(([, option]) => option.value.includes(HERE));
  const sections = touched.defaults && inherited.length > 0 ? document.sections.keys() : touched.sections;
  for (const name of sections) {
    const options = document.sections.get(name)?.options;
    if (options === undefined) continue;
    for (const [key, option] of inherited) if (!options.has(key)) options.set(key, option);
    for (const [key, option] of options) {
      if (option.value.includes(HERE)) options.set(key, { ...option, value: option.value.replaceAll(HERE, here) });
    }
  }
}
