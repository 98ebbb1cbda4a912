import type { ConfigKey } from "./keys/key.ts";
import { type ConfigSection, SECTIONS, type SectionKind, yamlDefault } from "./keys.ts";
import { parseExitCodes, parseInteger } from "./scalars.ts";
import { type JsonSchema, typeSchema } from "./schema-types.ts";

/**
 * Builds the JSON Schema of the YAML dialect: draft 7, which editors support best.
 * A text with a variable is allowed wherever a value is, since its value is known only when the file is loaded.
 */
export function configSchema(): JsonSchema {
  return {
    $schema: "http://json-schema.org/draft-07/schema#",
    title: "taskmaster configuration",
    description: "Programs that taskmasterd starts and keeps alive.",
    type: "object",
    properties: {
      programs: namedSections("program"),
      groups: namedSections("group"),
      listeners: namedSections("listener"),
      fcgi: namedSections("fcgi"),
      http: {
        description: "Where clients reach the daemon; left out, a unix socket at the default place; none, nowhere.",
        anyOf: [{ const: "none" }, httpSchema(), { type: "null" }],
      },
      daemon: optional(SECTIONS.daemon.help, reference("daemon")),
      ctl: optional(SECTIONS.ctl.help, reference("ctl")),
      include: {
        description: SECTIONS.include.keys.files.help,
        anyOf: [{ type: "string" }, { type: "array", items: { type: "string" } }, { type: "null" }],
      },
    },
    ...CLOSED,
    definitions: { ...sectionDefinitions(), ...typeDefinitions() },
  };
}

/** Keys that begin with `x-` are free, so that anchors have a place to live; every other key must be known. */
const CLOSED = { patternProperties: { "^x-": {} }, additionalProperties: false };

function sectionDefinitions(): JsonSchema {
  const kinds = ["program", "group", "listener", "fcgi", "unixServer", "inetServer", "daemon", "ctl"] as const;
  return Object.fromEntries(kinds.map((kind) => [kind, sectionSchema(SECTIONS[kind])]));
}

/** Each kind of value once, although dozens of keys have it: the checker is compiled from this. */
function typeDefinitions(): JsonSchema {
  const keys = Object.values(SECTIONS).flatMap((section) => Object.values<ConfigKey>(section.keys));
  return Object.fromEntries(keys.map((option) => [typeName(option), typeSchema(option)]));
}

/** `integer`, or with its bounds `integer-from-1-to-65535`. */
function typeName({ type, minimum, maximum }: ConfigKey): string {
  const bounds = [minimum === null ? "" : `-from-${minimum}`, maximum === null ? "" : `-to-${maximum}`];
  return type === "integer" ? type + bounds.join("") : type;
}

function namedSections(kind: SectionKind): JsonSchema {
  return optional(SECTIONS[kind].help, { type: "object", additionalProperties: reference(kind) });
}

function httpSchema(): JsonSchema {
  return {
    type: "object",
    minProperties: 1,
    properties: { unix: oneOrMore("unixServer"), inet: oneOrMore("inetServer") },
    ...CLOSED,
  };
}

function oneOrMore(kind: "unixServer" | "inetServer"): JsonSchema {
  return { description: SECTIONS[kind].help, anyOf: [reference(kind), { type: "array", items: reference(kind) }] };
}

/** A section whose entries are all commented out is null. */
function optional(description: string, schema: JsonSchema): JsonSchema {
  return { description, anyOf: [schema, { type: "null" }] };
}

function reference(kind: SectionKind): JsonSchema {
  return { $ref: `#/definitions/${kind}` };
}

function sectionSchema(section: ConfigSection): JsonSchema {
  const keys = Object.values(section.keys);
  const required = keys.filter((option) => option.required);
  const aliased = keys.filter((option) => option.alias !== null);
  const rules = [
    ...required
      .filter(({ alias }) => alias !== null)
      .map(({ yaml, alias }) => ({ anyOf: [{ required: [yaml] }, { required: [alias] }] })),
    ...aliased.map(({ yaml, alias }) => ({ not: { type: "object", required: [yaml, alias] } })),
  ];
  const plain = required.filter(({ alias }) => alias === null).map(({ yaml }) => yaml);
  return {
    type: "object",
    properties: Object.fromEntries(keys.flatMap(keySchemas)),
    ...CLOSED,
    ...(plain.length > 0 && { required: plain }),
    ...(rules.length > 0 && { allOf: rules }),
  };
}

/** The key, and the other name it may go by. */
function keySchemas(option: ConfigKey): readonly [string, JsonSchema][] {
  // A reference beside other keywords would hide them in draft 7.
  const schema = {
    description: describeKey(option),
    ...defaultOf(option),
    allOf: [{ $ref: `#/definitions/${typeName(option)}` }],
  };
  if (option.alias === null) return [[option.yaml, schema]];
  return [
    [option.yaml, schema],
    [option.alias, { ...schema, description: `The same as ${option.yaml}. ${describeKey(option)}` }],
  ];
}

function describeKey({ help, yamlDefault: { kind, text }, required }: ConfigKey): string {
  return kind === "value" || required ? help : `${help} Default: ${text}.`;
}

function defaultOf(option: ConfigKey): { default: unknown } | undefined {
  const text = yamlDefault(option);
  return text === null ? undefined : { default: jsonDefault(option, text) };
}

function jsonDefault(option: ConfigKey, text: string): unknown {
  switch (option.type) {
    case "boolean":
      return text === "true";
    case "integer":
      return parseInteger(text);
    case "seconds":
      return Number(text);
    case "exit-codes":
      return parseExitCodes(text);
    default:
      return text;
  }
}
