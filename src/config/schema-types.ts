import { EVENT_TYPES } from "../model/event.ts";
import { LOG_LEVELS } from "../model/log-level.ts";
import type { ConfigKey } from "./keys/key.ts";

/** A JSON Schema, as far as it is used here. */
export interface JsonSchema {
  readonly [keyword: string]: unknown;
}

/** Says which YAML values a key takes. What takes knowledge of the system (users, folders) is left to the loader. */
export function typeSchema(option: ConfigKey): JsonSchema {
  switch (option.type) {
    case "boolean":
      return { anyOf: [{ type: "boolean" }, VARIABLE] };
    case "integer":
      return { anyOf: [integer(option), VARIABLE] };
    case "bytes":
      return { anyOf: [{ type: "integer", minimum: 0 }, text("^\\s*\\d+\\s*([kKmMgG][bB])?\\s*$"), VARIABLE] };
    case "seconds":
      return {
        anyOf: [{ type: "number", minimum: option.minimum ?? 0 }, text("^\\s*\\d+(\\.\\d+)?\\s*(ms|s|m|h)?\\s*$"), VARIABLE],
      };
    case "octal":
      return { anyOf: [{ type: "integer", minimum: 0 }, text("^\\s*(0[oO]?)?[0-7]+\\s*$"), VARIABLE] };
    case "command":
      return { anyOf: [text("\\S"), { type: "array", minItems: 1, items: WORD }] };
    case "autorestart":
      return { anyOf: [{ enum: ["unexpected", "always", "never", true, false, "true", "false"] }, VARIABLE] };
    case "early-exit":
      return { anyOf: [{ enum: ["finish-if-expected", "failure"] }, VARIABLE] };
    case "exit-codes": {
      const codes = { anyOf: [integer(option), VARIABLE] };
      return { anyOf: [integer(option), { type: "array", items: codes }, text("^\\s*(\\d+\\s*(,\\s*\\d+\\s*)*)?$"), VARIABLE] };
    }
    case "environment":
      return {
        anyOf: [
          { type: "object", additionalProperties: WORD },
          { type: "array", items: text("^[^=]+=") },
        ],
      };
    case "login":
      return { type: "object", additionalProperties: WORD };
    case "event-types":
      return listOf({ anyOf: [{ enum: Object.keys(EVENT_TYPES) }, VARIABLE] });
    case "names":
      return listOf(WORD);
    case "file-globs":
      return listOf({ type: "string" });
    case "inet-address":
      return { anyOf: [{ type: "integer", minimum: 1, maximum: 65535 }, text(":?\\d+$"), VARIABLE] };
    case "log-level":
      return { anyOf: [{ enum: Object.keys(LOG_LEVELS) }, VARIABLE] };
    case "log-target":
      return { anyOf: [text("\\S"), { type: "null" }] };
    case "signal":
      return { anyOf: [text("\\S"), { type: "integer", minimum: 1, maximum: 64 }] };
    case "socket-url":
      return { anyOf: [text("^(tcp|unix)://."), VARIABLE] };
    case "activity-log":
    case "directory":
    case "path":
      return text("\\S");
    case "ownership":
    case "string":
    case "user":
      return { type: ["string", "number"] };
    default:
      return option.type satisfies never;
  }
}

const VARIABLE: JsonSchema = { type: "string", pattern: "\\$" };
/** Numbers and truth values stand for their own text. */
const WORD: JsonSchema = { type: ["string", "number", "boolean"] };

function integer({ minimum, maximum }: ConfigKey): JsonSchema {
  return { type: "integer", ...(minimum !== null && { minimum }), ...(maximum !== null && { maximum }) };
}

function text(pattern: string): JsonSchema {
  return { type: "string", pattern };
}

function listOf(items: JsonSchema): JsonSchema {
  return { anyOf: [{ type: "array", items }, items] };
}
