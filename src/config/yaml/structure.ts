import type { ErrorObject } from "ajv";
import { validator } from "./validator.ts";

/** A place in a document that the schema refuses. */
export interface Misfit {
  /** Keys and indexes from the root to the value. */
  readonly path: readonly string[];
  /** `two-names`: a key under both of its names; the place of the second is not known here. */
  readonly kind: "unknown-key" | "missing-key" | "value" | "two-names";
  /** The unknown or the missing key. */
  readonly key: string | null;
}

/** Checks a plain document against the JSON Schema; for a value that fits none of several forms only the deepest misfit counts. */
export function findMisfits(document: unknown): readonly Misfit[] {
  const validate = validator();
  if (validate(document)) return [];
  return withoutOuter((validate.errors ?? []).flatMap(misfitOf));
}

function misfitOf({ instancePath, keyword, params }: ErrorObject): readonly Misfit[] {
  const path = instancePath.split("/").slice(1).map(decodeSegment);
  switch (keyword) {
    case "additionalProperties":
      return [{ path, kind: "unknown-key", key: String(params.additionalProperty) }];
    case "required":
      return [{ path, kind: "missing-key", key: String(params.missingProperty) }];
    case "not":
      return [{ path, kind: "two-names", key: null }];
    default:
      return [{ path, kind: "value", key: null }];
  }
}

function decodeSegment(segment: string): string {
  return segment.replaceAll("~1", "/").replaceAll("~0", "~");
}

/** Every form of an `anyOf` complains; the form that was meant is the one that got deepest into the value. */
function withoutOuter(misfits: readonly Misfit[]): readonly Misfit[] {
  const inner = new Set<string>();
  for (const { path, kind } of misfits) {
    const depth = kind === "value" ? path.length - 1 : path.length;
    for (let length = 0; length <= depth; length++) inner.add(JSON.stringify(path.slice(0, length)));
  }
  const kept = new Map<string, Misfit>();
  for (const misfit of misfits) {
    if (misfit.kind === "value" && inner.has(JSON.stringify(misfit.path))) continue;
    const { path, kind, key } = misfit;
    kept.set(JSON.stringify([path, kind, key]), misfit);
  }
  return [...kept.values()];
}
