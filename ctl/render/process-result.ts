import { FAULT_CODES } from "../../src/model/fault.ts";
import { formatNamespec } from "../../src/model/namespec.ts";
import { visible } from "./visible.ts";

/** What became of one process; `process` is `null` for the odd case of a whole group where only a process is allowed. */
export interface Outcome {
  readonly group: string;
  readonly process: string | null;
  readonly status: number;
  readonly description: string;
}

/** The words of one command for what became of a process: for success, and for each refusal that it knows. */
export interface Vocabulary {
  readonly success: string;
  readonly refusals: Readonly<Record<number, string>>;
  /** Print a FAILED as the daemon words it. */
  readonly quotesFailure: boolean;
}

const { BAD_NAME, BAD_SIGNAL, NO_FILE, NOT_EXECUTABLE, FAILED, ABNORMAL_TERMINATION, SPAWN_ERROR, ALREADY_STARTED, NOT_RUNNING } =
  FAULT_CODES;

export const STARTING: Vocabulary = {
  success: "started",
  refusals: {
    [BAD_NAME]: "no such process",
    [NO_FILE]: "no such file",
    [NOT_EXECUTABLE]: "file is not executable",
    [ALREADY_STARTED]: "already started",
    [SPAWN_ERROR]: "spawn error",
    [ABNORMAL_TERMINATION]: "abnormal termination",
  },
  quotesFailure: false,
};

export const SIGNALLING: Vocabulary = {
  success: "signalled",
  refusals: { [BAD_NAME]: "no such process", [BAD_SIGNAL]: "bad signal name", [NOT_RUNNING]: "not running" },
  quotesFailure: true,
};

export const STOPPING: Vocabulary = { ...SIGNALLING, success: "stopped" };

export const CLEARING: Vocabulary = {
  success: "cleared",
  refusals: { [BAD_NAME]: "no such process", [FAILED]: "failed" },
  quotesFailure: false,
};

/** The line for one process: `cat: started`, `cat: ERROR (not running)`; `null` for a code that the command has no words for. */
export function outcomeLine({ group, process, status, description }: Outcome, vocabulary: Vocabulary): string | null {
  const name = visible(process === null ? `${group}:None` : formatNamespec(group, process));
  if (status === FAULT_CODES.SUCCESS) return `${name}: ${vocabulary.success}`;
  if (status === FAULT_CODES.FAILED && vocabulary.quotesFailure) return description;
  const refusal = vocabulary.refusals[status];
  return refusal === undefined ? null : `${name}: ERROR (${refusal})`;
}
