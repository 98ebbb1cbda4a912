/** A fault of the daemon, or what kept it from answering. */
export class CallError extends Error {
  /** The fault's code; 0 for anything else. */
  readonly code: number;

  constructor(code: number, message: string) {
    super(message);
    this.code = code;
  }
}

/** Shows that the call comes from this page and not from one that another site has made. */
const token = meta("taskmaster-token");

/** Calls a method of the daemon. @throws CallError */
export async function call<Value>(method: string, ...params: readonly unknown[]): Promise<Value> {
  const response = await fetch("RPC2", {
    method: "POST",
    headers: { "Content-Type": "application/json", Accept: "application/json", "X-Taskmaster-Token": token },
    body: JSON.stringify({ method, params }),
  }).catch((error: Error) => {
    throw new CallError(0, `the daemon does not answer (${error.message})`);
  });
  if (!response.ok) throw new CallError(0, `the daemon answered ${response.status} ${response.statusText}`);
  const { result, fault } = (await response.json()) as { result?: Value; fault?: { code: number; text: string } };
  if (fault !== undefined) throw new CallError(fault.code, fault.text);
  return result as Value;
}

export function meta(name: string): string {
  return document.querySelector<HTMLMetaElement>(`meta[name="${name}"]`)?.content ?? "";
}

/** Whether who looks at the page may change anything. */
export const mayAct = meta("taskmaster-role") !== "view";

/** The path of a log stream, from here on so that the page may lie anywhere behind a proxy. */
export function logPath(name: string, channel: "stdout" | "stderr"): string {
  return `logtail/${encodeURIComponent(name)}/${channel}`;
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
