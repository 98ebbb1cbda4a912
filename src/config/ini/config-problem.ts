import { type Diagnostic, NOWHERE, type Position } from "../../model/diagnostic.ts";

/**
 * A mistake in the file that ends the reading of its section. It is thrown so that a value deep inside a section need not hand its
 * problem through every caller, and caught where the section was begun.
 */
export class ConfigProblem extends Error {
  override readonly name = "ConfigProblem";
  readonly position: Position;

  constructor(message: string, position: Position = NOWHERE) {
    super(message);
    this.position = position;
  }
}

/** Runs a reader; a problem without a place gets this one. */
export function at<Value>(position: Position, read: () => Value): Value {
  return rewrite(read, (problem) => (problem.position === NOWHERE ? new ConfigProblem(problem.message, position) : problem));
}

/** Runs a reader; its problem gets another text. */
export function reword<Value>(word: (message: string) => string, read: () => Value): Value {
  return rewrite(read, (problem) => new ConfigProblem(word(problem.message), problem.position));
}

/** Runs a reader; a problem is added to the errors, unless it is there already, and `undefined` is the answer. */
export function attempt<Value>(errors: Diagnostic[], read: () => Value): Value | undefined {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof ConfigProblem)) throw error;
    const { message, position } = error;
    if (!errors.some((each) => each.message === message && samePlace(each.position, position)))
      errors.push({ position, message });
    return undefined;
  }
}

function samePlace(left: Position, right: Position): boolean {
  return left.file === right.file && left.line === right.line;
}

function rewrite<Value>(read: () => Value, replace: (problem: ConfigProblem) => ConfigProblem): Value {
  try {
    return read();
  } catch (error) {
    throw error instanceof ConfigProblem ? replace(error) : error;
  }
}
