import type { ConfigKey } from "../keys/key.ts";
import { SECTIONS } from "../keys.ts";
import { suggest } from "../suggest.ts";
import type { IniDocument } from "./ini-document.ts";
import type { Notes } from "./notes.ts";
import { CTL_PLUGIN, RPC_INTERFACE } from "./plugin-section.ts";

interface SectionKind {
  /** The whole name, or its beginning. */
  readonly name: string;
  readonly matches: (sectionName: string) => boolean;
  /** `null` where any option may stand. */
  readonly options: ReadonlySet<string> | null;
}

const KINDS: readonly SectionKind[] = [
  ...Object.values(SECTIONS).map(({ ini, named, keys }) => kind(named ? `${ini}:` : ini, optionNames(keys))),
  kind(RPC_INTERFACE.prefix, null),
  kind(CTL_PLUGIN.prefix, null),
];

/** Remarks on sections and options that mean nothing; supervisord ignores them in silence, and so typing mistakes stay unseen. */
export function noteUnknownOptions(document: IniDocument, notes: Notes): void {
  for (const section of document.sections.values()) {
    const kind = KINDS.find(({ matches }) => matches(section.name));
    if (kind === undefined) {
      const known = KINDS.map(({ name }) => name);
      notes.add(
        "warn",
        `unknown section [${section.name}] is ignored${didYouMean(beforeColon(section.name), known)}`,
        section.position,
      );
      continue;
    }
    if (kind.options === null) continue;
    for (const [name, { position }] of section.options) {
      if (kind.options.has(name)) continue;
      notes.add(
        "warn",
        `unknown option "${name}" in [${section.name}] is ignored${didYouMean(name, [...kind.options])}`,
        position,
      );
    }
  }
}

/** Sections of servers may go on after their name in any way; all others are called exactly so. */
function kind(name: string, options: ReadonlySet<string> | null): SectionKind {
  const open = name.endsWith(":") || name.endsWith("http_server");
  return { name, matches: open ? (section) => section.startsWith(name) : (section) => section === name, options };
}

function optionNames(keys: Readonly<Record<string, ConfigKey>>): ReadonlySet<string> {
  return new Set(Object.values(keys).flatMap(({ ini }) => (ini === null ? [] : [ini])));
}

function beforeColon(name: string): string {
  const colon = name.indexOf(":");
  return colon < 0 ? name : name.slice(0, colon + 1);
}

function didYouMean(word: string, candidates: readonly string[]): string {
  const meant = suggest(word, candidates);
  return meant === undefined ? "" : `; did you mean ${meant.endsWith(":") ? `[${meant}…]` : `"${meant}"`}?`;
}
