import type { SECTIONS } from "../keys.ts";
import type { OptionReader } from "./option-reader.ts";

/** Reads the options that all kinds of programs have. */
export type ProgramReader = OptionReader<keyof typeof SECTIONS.program.keys>;
