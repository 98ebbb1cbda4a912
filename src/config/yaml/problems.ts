import type { Diagnostic, Position } from "../../model/diagnostic.ts";
import type { ConfigNote, LoadOutcome } from "../outcome.ts";
import { type Located, positionOf } from "./tree.ts";

/** Gathers everything that is wrong with a configuration, so that all of it can be told at once. */
export class Problems {
  readonly #errors = new Map<string, Diagnostic>();
  readonly #notes = new Map<string, ConfigNote>();
  readonly #faulty = new Set<Located>();

  /** Notes an error, once: an anchor's mistake would otherwise be told for each of its aliases. */
  report(where: Located, message: string): void {
    this.#faulty.add(where);
    this.reportAt(positionOf(where), message);
  }

  reportAt(position: Position, message: string): void {
    this.#errors.set(JSON.stringify([position, message]), { position, message });
  }

  /** Whether this very node was reported; reading it further would only repeat the complaint. */
  isFaulty(where: Located): boolean {
    return this.#faulty.has(where);
  }

  note(level: ConfigNote["level"], position: Position, message: string): void {
    this.#notes.set(JSON.stringify([position, message]), { level, position, message });
  }

  /** In the order of `files`, then of the text. */
  errors(files: readonly string[]): readonly Diagnostic[] {
    const rank = ({ file }: Position) => (file === null ? -1 : files.indexOf(file));
    return [...this.#errors.values()].sort(
      ({ position: a }, { position: b }) =>
        rank(a) - rank(b) || (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0),
    );
  }

  notes(): readonly ConfigNote[] {
    return [...this.#notes.values()];
  }
}

/** The value, unless something was wrong. */
export function loadOutcome<Value>(value: Value, files: readonly string[], problems: Problems): LoadOutcome<Value> {
  const errors = problems.errors(files);
  return errors.length > 0 ? { ok: false, errors } : { ok: true, value, notes: problems.notes() };
}
