/** `group:process` names, as clients write and print them. */

declare const identity: unique symbol;

/** The key of a process inside the daemon: always `group:process`, unique among active processes. */
export type ProcessId = string & { readonly [identity]: "process" };

export interface Namespec {
  readonly group: string;
  /** `null` means every process of the group (`group:*` or `group:`). */
  readonly process: string | null;
}

export function processId(group: string, process: string): ProcessId {
  return `${group}:${process}` as ProcessId;
}

/** Splits at the first colon; `name` alone is process `name` of group `name`. */
export function parseNamespec(text: string): Namespec {
  const colon = text.indexOf(":");
  if (colon < 0) return { group: text, process: text };
  const process = text.slice(colon + 1);
  return { group: text.slice(0, colon), process: process === "" || process === "*" ? null : process };
}

/** What clients print: `name` when group and process are called alike, else `group:name`. */
export function formatNamespec(group: string, process: string): string {
  return group === process ? process : `${group}:${process}`;
}
