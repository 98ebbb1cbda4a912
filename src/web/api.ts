/** A fault of the daemon, or what kept it from answering. */
class CallError extends Error {
  /** The fault's code; 0 for anything else. */
  readonly code: number;

  constructor(code: number, message: string) {
    super(message);
    this.code = code;
  }
}

/** Shows that the call comes from this page and not from one that another site has made. */
let token = meta("taskmaster-token");

/** Calls a method of the daemon. @throws CallError */
export async function call<Value>(method: string, ...params: readonly unknown[]): Promise<Value> {
  const body = JSON.stringify({ method, params });
  let response = await post(body);
  // Another daemon may have taken the place of the one that this page is from.
  if (response.status === 403 && (await renewToken())) response = await post(body);
  if (!response.ok) throw new CallError(0, `the daemon answered ${response.status} ${response.statusText}`);
  const { result, fault } = (await response.json()) as { result?: Value; fault?: { code: number; text: string } };
  if (fault !== undefined) throw new CallError(fault.code, fault.text);
  return result as Value;
}

function post(body: string): Promise<Response> {
  const headers = { "Content-Type": "application/json", Accept: "application/json", "X-Taskmaster-Token": token };
  return fetch("RPC2", { method: "POST", headers, body }).catch((error: Error) => {
    throw new CallError(0, `the daemon does not answer (${error.message})`);
  });
}

/** @returns whether there is another one. */
async function renewToken(): Promise<boolean> {
  const response = await fetch("./");
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const next = meta("taskmaster-token", page);
  if (!response.ok || next === "" || next === token) return false;
  token = next;
  return true;
}

export function meta(name: string, page: Document = document): string {
  return page.querySelector<HTMLMetaElement>(`meta[name="${name}"]`)?.content ?? "";
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
