import { parseInteger } from "./scalars.ts";

/** Where a TCP server listens; an empty host means all IPv4 interfaces. */
export interface InetAddress {
  readonly host: string;
  readonly port: number;
}

/** Why a text is no address: the port is missing, is no number, or is outside 1 to 65535. */
export interface BadInetAddress {
  readonly problem: "missing" | "not-a-number" | "below" | "above";
  /** The text that should have been the port. */
  readonly port: string;
}

/** Reads `port`, `:port`, `*:port` or `host:port`. The host is lower-cased. */
export function parseInetAddress(text: string): InetAddress | BadInetAddress {
  const colon = text.lastIndexOf(":");
  const digits = text.slice(colon + 1);
  if (colon >= 0 && digits === "") return { problem: "missing", port: digits };
  const port = parseInteger(digits);
  if (port === undefined) return { problem: "not-a-number", port: digits };
  if (port < 1) return { problem: "below", port: digits };
  if (port > 65535) return { problem: "above", port: digits };
  const host = colon < 0 ? "" : text.slice(0, colon).toLowerCase();
  return { host: host === "*" ? "" : host, port };
}
