import type { Position } from "../../model/diagnostic.ts";
import { ConfigProblem } from "./config-problem.ts";

/** What a set of INI files says, before any value is interpreted: sections in the order of their first appearance. */
export interface IniDocument {
  readonly sections: Map<string, IniSection>;
  /** `[DEFAULT]`: options that every section has unless it sets them itself. */
  readonly defaults: Map<string, IniOption>;
}

export interface IniSection {
  readonly name: string;
  /** Where it first appeared; its file is the one that errors name. */
  readonly position: Position;
  /** By lower-cased name. */
  readonly options: Map<string, IniOption>;
}

export interface IniOption {
  /** Comments and outer blanks are gone; the lines of a continued value are joined by LF. */
  readonly value: string;
  readonly position: Position;
}

export function emptyDocument(): IniDocument {
  return { sections: new Map(), defaults: new Map() };
}

/** The option as the section sees it: its own, else that of `[DEFAULT]`. */
export function findOption(document: IniDocument, section: IniSection, name: string): IniOption | undefined {
  return section.options.get(name) ?? document.defaults.get(name);
}

/** The sections whose names begin with a prefix, in order. */
export function sectionsWithPrefix(document: IniDocument, prefix: string): readonly IniSection[] {
  return [...document.sections.values()].filter(({ name }) => name.startsWith(prefix));
}

/** What follows the first colon of a section's name; empty without one. */
export function nameAfterColon(section: IniSection): string {
  const colon = section.name.indexOf(":");
  return colon < 0 ? "" : section.name.slice(colon + 1);
}

/**
 * The section that a file must have.
 * @param file - the main file, for the message.
 * @throws ConfigProblem
 */
export function requireSection(document: IniDocument, name: string, file: string): IniSection {
  const section = document.sections.get(name);
  if (section === undefined) {
    throw new ConfigProblem(`.ini file does not include ${name} section`, { file, line: null, column: null });
  }
  return section;
}
