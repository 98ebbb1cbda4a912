/** What came of a call to the daemon: a value, or the reason why there is none. Nothing here is ever thrown. */
export type Reply<Value> = { readonly ok: true; readonly value: Value } | Failed;

export interface Failed {
  readonly ok: false;
  readonly failure: CallFailure;
}

export type CallFailure =
  /** The daemon refused: a code and text of its fault table. */
  | { readonly kind: "fault"; readonly code: number; readonly text: string }
  /** An answer that is no XML-RPC at all: any status but 200. */
  | { readonly kind: "http"; readonly status: number; readonly reason: string }
  /** Nobody listens at that address; a stale unix socket counts. */
  | { readonly kind: "refused" }
  /** There is no such unix socket. */
  | { readonly kind: "missing" }
  | { readonly kind: "other"; readonly message: string };

/** What a command ends with: its exit status, or a failure that it has no words of its own for. */
export type Ending = Done | Failed;

export interface Done {
  readonly ok: true;
  readonly value: number;
  /** What it found out or did, for `--json`, as plain data; without it the lines that it printed are all there is. */
  readonly data?: unknown;
}

export function done(status = 0, data?: unknown): Done {
  return data === undefined ? { ok: true, value: status } : { ok: true, value: status, data };
}

export function failed(message: string): Failed {
  return { ok: false, failure: { kind: "other", message } };
}

/** The fault code of a refused call, `undefined` for every other outcome. */
export function faultCode(reply: Reply<unknown>): number | undefined {
  return !reply.ok && reply.failure.kind === "fault" ? reply.failure.code : undefined;
}
