import { posix } from "node:path";
import { parseInetAddress } from "./inet-address.ts";

/** A listening socket, as FastCGI programs name it, in its normal form. */
export interface SocketUrl {
  readonly kind: "unix" | "tcp";
  readonly url: string;
}

export interface BadSocketUrl {
  readonly problem: "format" | "relative-path" | "port-below" | "port-above";
  /** The part that is wrong. */
  readonly part: string;
}

/** Reads `unix:///absolute/path` or `tcp://host:port`. The path is normalised, the host lower-cased. */
export function parseSocketUrl(text: string): SocketUrl | BadSocketUrl {
  if (text.startsWith("unix://")) {
    const path = text.slice("unix://".length);
    if (!path.startsWith("/")) return { problem: "relative-path", part: path };
    return { kind: "unix", url: `unix://${posix.resolve(path)}` };
  }
  const [, host, port] = /^tcp:\/\/([^\s:]+):(\d+)$/.exec(text) ?? [];
  if (host === undefined || port === undefined) return { problem: "format", part: text };
  const address = parseInetAddress(`${host}:${port}`);
  if ("problem" in address) return { problem: address.problem === "below" ? "port-below" : "port-above", part: port };
  return { kind: "tcp", url: `tcp://${host.toLowerCase()}:${address.port}` };
}
