import { describeConfig } from "../../src/config/describe.ts";
import type { LoadOutcome } from "../../src/config/outcome.ts";
import { summarise } from "../../src/config/summary.ts";
import { type Diagnostic, formatDiagnostic } from "../../src/model/diagnostic.ts";

/** What `check` prints: results on stdout, complaints on stderr. */
export interface CheckReport {
  readonly output: readonly string[];
  readonly complaints: readonly string[];
}

/** For humans, and for editors that read `file:line:column: message`. */
export function checkReport(outcome: LoadOutcome): CheckReport {
  if (!outcome.ok) return { output: [], complaints: outcome.errors.map(formatDiagnostic) };
  return {
    output: summarise(outcome.value),
    complaints: warnings(outcome.notes).map(warningLine),
  };
}

/** For programs: the description of the configuration with its warnings, or the errors. */
export function checkData(outcome: LoadOutcome): object {
  return outcome.ok
    ? { ...describeConfig(outcome.value), warnings: warnings(outcome.notes).map(placed) }
    : { errors: outcome.errors.map(placed) };
}

function warningLine({ position, message }: Diagnostic): string {
  return formatDiagnostic({ position, message: `warning: ${message}` });
}

type Notes = Extract<LoadOutcome, { ok: true }>["notes"];

/** What the daemon would only mention is left out. */
function warnings(notes: Notes): Notes {
  return notes.filter(({ level }) => level !== "info");
}

function placed({ position, message }: Diagnostic) {
  return { ...position, message };
}
