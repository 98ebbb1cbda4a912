import { isIP } from "node:net";
import { hostname } from "node:os";
import type { ServerConfig } from "../model/config.ts";
import type { Check } from "./check.ts";
import { sendError } from "./error-page.ts";
import type { HttpLog } from "./http-log.ts";

/**
 * Guards a TCP server that asks for no password against DNS rebinding: a web page whose own domain suddenly resolves to this machine
 * could otherwise drive the daemon from a visitor's browser. Such a request carries the name of that domain, which must be one that
 * can be registered; a request for an address, for a name without a dot, or for a name reserved for private use is no such request.
 */
export function hostCheck(server: ServerConfig, log: HttpLog): Check {
  const isOpen = server.credentials === null || server.credentials.username === "";
  if (server.kind === "unix" || !isOpen) return () => true;
  const ownNames = new Set([server.host, hostname()].map((name) => name.toLowerCase()));
  let isReported = false;
  return (request, response) => {
    const host = hostName(request.headers.host ?? "");
    if (ownNames.has(host) || isPrivateName(host)) return true;
    // Once: whoever set up a proxy has to learn of it, whoever attacks shall not fill the log.
    if (!isReported)
      log.log("warn", `refused a request for the host ${JSON.stringify(host)}: '${server.section}' has no password`);
    isReported = true;
    sendError(response, 403);
    return false;
  };
}

/** Top-level names that the public DNS never resolves. @see RFC 6761, RFC 6762, RFC 8375, RFC 2606 */
const PRIVATE_SUFFIXES = [".localhost", ".local", ".internal", ".test", ".home.arpa"] as const;

function isPrivateName(host: string): boolean {
  return isIP(host) !== 0 || !host.includes(".") || PRIVATE_SUFFIXES.some((suffix) => host.endsWith(suffix));
}

/** A Host header without its port, brackets and final dot. */
function hostName(header: string): string {
  const [, address, name] = /^(?:\[([^\]]*)\]|([^:]*))(?::\d*)?$/.exec(header.trim()) ?? [];
  // What does not look like a host at all is taken whole, and so refused when it has a dot.
  return (address ?? name ?? header).toLowerCase().replace(/\.$/, "");
}
