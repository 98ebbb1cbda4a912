/** A place in a configuration file, counted from 1; `null` where the reader cannot know it. */
export interface Position {
  readonly file: string | null;
  readonly line: number | null;
  readonly column: number | null;
}

export interface Diagnostic {
  readonly position: Position;
  /** What is wrong, with the value and what would be accepted. */
  readonly message: string;
}

export const NOWHERE: Position = { file: null, line: null, column: null };

/** `file:line:column: message`, as compilers and editors expect it. */
export function formatDiagnostic({ position, message }: Diagnostic): string {
  if (position.file === null) return message;
  const numbers = [position.line, position.column].filter((value) => value !== null);
  return `${[position.file, ...numbers].join(":")}: ${message}`;
}
