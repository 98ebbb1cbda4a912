import type { RequestOptions } from "node:http";

/** Where the daemon is and who asks. */
export interface ServerAccess {
  /** `http://host:port` or `unix:///path`, as the user wrote it: messages repeat it. */
  readonly url: string;
  readonly username: string | null;
  readonly password: string | null;
}

const UNIX_PREFIX = "unix://";

/** The part of an HTTP request that leads to the daemon. */
export interface DaemonTarget extends Pick<RequestOptions, "socketPath" | "host" | "port" | "agent"> {
  readonly servername: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** `null` when the URL is of no kind that we can reach. */
export function daemonTarget(access: ServerAccess): DaemonTarget | null {
  const target = requestTarget(access.url);
  // No pool of connections: an idle one might be closed by the daemon in the moment that it is used again.
  // Nor a name for TLS, which Node would look for in the host with expressions that take it milliseconds to compile.
  return target === null ? null : { ...target, agent: false, servername: "", headers: authorization(access) };
}

function requestTarget(serverUrl: string): RequestOptions | null {
  if (serverUrl.startsWith(UNIX_PREFIX)) return { socketPath: serverUrl.slice(UNIX_PREFIX.length), host: "localhost" };
  if (!serverUrl.startsWith("http://") || !URL.canParse(serverUrl)) return null;
  const { hostname, port } = new URL(serverUrl);
  return { host: hostname.replace(/^\[(.*)\]$/, "$1"), port: port === "" ? 80 : Number(port) };
}

function authorization({ username, password }: ServerAccess): Readonly<Record<string, string>> {
  if (username === null || username === "") return {};
  const credentials = Buffer.from(`${username}:${password ?? ""}`).toString("base64");
  return { Authorization: `Basic ${credentials}` };
}
