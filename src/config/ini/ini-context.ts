import type { ConfigWorld } from "../../model/config-world.ts";
import type { ProcessCounts } from "../outcome.ts";
import type { Names } from "./expand.ts";
import type { IniDocument } from "./ini-document.ts";
import type { Notes } from "./notes.ts";

/** What the readers of the sections share. */
export interface IniContext {
  readonly document: IniDocument;
  readonly world: ConfigWorld;
  readonly notes: Notes;
  /** The directory of the main file, absolute. */
  readonly here: string;
  /** How many processes a program has, whatever its section says. */
  readonly counts: ProcessCounts;
  /** `ENV_*`: the daemon's environment, and that of `[supervisord]` once it is read. */
  readonly environmentNames: Names;
}
