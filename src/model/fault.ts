/**
 * The faults of the XML-RPC interface. SUCCESS is never raised; it is the status of good entries in result arrays.
 * @see supervisor/xmlrpc.py Faults
 */
export const FAULT_CODES = {
  UNKNOWN_METHOD: 1,
  INCORRECT_PARAMETERS: 2,
  BAD_ARGUMENTS: 3,
  SIGNATURE_UNSUPPORTED: 4,
  SHUTDOWN_STATE: 6,
  BAD_NAME: 10,
  BAD_SIGNAL: 11,
  NO_FILE: 20,
  NOT_EXECUTABLE: 21,
  FAILED: 30,
  ABNORMAL_TERMINATION: 40,
  SPAWN_ERROR: 50,
  ALREADY_STARTED: 60,
  NOT_RUNNING: 70,
  SUCCESS: 80,
  ALREADY_ADDED: 90,
  STILL_RUNNING: 91,
  CANT_REREAD: 92,
} as const;

export type FaultName = keyof typeof FAULT_CODES;

/** An expected refusal: its name in the table, and the extra text that follows the name on the wire. */
export interface Fault {
  readonly name: Exclude<FaultName, "SUCCESS">;
  readonly detail?: string;
}

export type Result<Value> = { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly fault: Fault };

export function succeed<Value>(value: Value): Result<Value> {
  return { ok: true, value };
}

export function fail(name: Fault["name"], detail?: string): { readonly ok: false; readonly fault: Fault } {
  return { ok: false, fault: detail === undefined ? { name } : { name, detail } };
}

/** The `faultString` of a fault: `NAME`, or `NAME: detail`. */
export function faultText(fault: Fault): string {
  return fault.detail === undefined ? fault.name : `${fault.name}: ${fault.detail}`;
}
