/** What `tail` and `maintail` show unless told otherwise. */
export const DEFAULT_TAIL_BYTES = 1600;

/**
 * Reads the number of `tail -100`: digits, with a sign and underscores between them as Python's `int` allows.
 * @returns `null` for anything else.
 */
export function parseByteCount(text: string): number | null {
  return /^[+-]?\d+(_\d+)*$/.test(text) ? Number(text.replaceAll("_", "")) : null;
}
