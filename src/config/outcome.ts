import type { Config, DaemonConfig } from "../model/config.ts";
import type { Diagnostic } from "../model/diagnostic.ts";

/** A whole configuration, or every reason why there is none. Warnings never stop a load. */
export type LoadOutcome<Value = Config> =
  | { readonly ok: true; readonly value: Value; readonly notes: readonly ConfigNote[] }
  | { readonly ok: false; readonly errors: readonly Diagnostic[] };

/** A remark for the activity log: `warn`, or `info` (`Included extra file …`). */
export interface ConfigNote extends Diagnostic {
  readonly level: "warn" | "info";
}

/** Values of the command line; they win over the file, also when it is read again. */
export type DaemonOverrides = Partial<DaemonConfig>;

/** How many processes a program has, whatever the file says, by the program's name. */
export type ProcessCounts = ReadonlyMap<string, number>;
