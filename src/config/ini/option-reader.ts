import type { ConfigKey } from "../keys/key.ts";
import { iniDefault } from "../keys.ts";
import { at } from "./config-problem.ts";
import { expand, type Names } from "./expand.ts";
import { findOption, type IniDocument, type IniOption, type IniSection } from "./ini-document.ts";

/** Reads the options of one section; problems carry the place of the option. */
export interface OptionReader<Name extends string> {
  readonly section: IniSection;
  /** The option as written, nothing expanded. */
  raw(name: Name): IniOption | undefined;
  /** An option without a default; `undefined` when it is not set. */
  optional<Value>(name: Name, parse: (text: string) => Value): Value | undefined;
  /** An option whose default the table of keys states. */
  setting<Value>(name: Name, parse: (text: string) => Value): Value;
}

/**
 * @param keys - what the section may hold.
 * @param names - what `%(name)s` may use in its values.
 */
export function optionReader<Name extends string>(
  document: IniDocument,
  section: IniSection,
  keys: Readonly<Record<Name, ConfigKey>>,
  names: Names,
): OptionReader<Name> {
  const raw = (name: Name) => findOption(document, section, name);
  const read = <Value>(name: Name, option: IniOption, parse: (text: string) => Value) =>
    at(option.position, () => parse(expand(option.value, names, `${section.name}.${name}`)));
  return {
    section,
    raw,
    optional: (name, parse) => {
      const option = raw(name);
      return option === undefined ? undefined : read(name, option, parse);
    },
    setting: (name, parse) => {
      const option = raw(name);
      return option === undefined ? parse(defaultText(name, keys[name])) : read(name, option, parse);
    },
  };
}

function defaultText(name: string, key: ConfigKey): string {
  const text = iniDefault(key);
  if (text === null) throw new Error(`the option ${name} has no default`);
  return text;
}
