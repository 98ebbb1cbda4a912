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
  const place = formatPosition(position);
  return place === null ? message : `${place}: ${message}`;
}

/** `message (file:line:column)`, for a log whose readers look at how a line begins. */
export function formatRemark({ position, message }: Diagnostic): string {
  const place = formatPosition(position);
  return place === null ? message : `${message} (${place})`;
}

function formatPosition({ file, line, column }: Position): string | null {
  return file === null ? null : [file, line, column].filter((part) => part !== null).join(":");
}
