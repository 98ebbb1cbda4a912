import { createHash, timingSafeEqual } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { Credentials, ServerConfig } from "../model/config.ts";
import type { Check } from "./check.ts";
import { sendError } from "./error-page.ts";

/** What somebody may do: everything, or look and change nothing. */
export type Role = "control" | "view";

const roles = new WeakMap<IncomingMessage, Role>();

/** What whoever sent a request may do; it has passed the authentication. */
export function roleOf(request: IncomingMessage): Role {
  return roles.get(request) ?? "control";
}

/**
 * Asks for a user name and a password on every path, also on those that do not exist. Without credentials, or with an empty user name,
 * everyone is let in and may do everything.
 */
export function authentication({ credentials, viewer }: Pick<ServerConfig, "credentials" | "viewer">): Check {
  if (credentials === null || credentials.username === "") return () => true;
  return (request, response) => {
    const given = parseBasic(request.headers.authorization);
    if (given !== null && isSame(given, credentials)) return true;
    if (given !== null && viewer !== undefined && isSame(given, viewer)) {
      roles.set(request, "view");
      return true;
    }
    response.setHeader("Connection", "close");
    response.setHeader("WWW-Authenticate", 'Basic realm="default"');
    sendError(response, 401);
    return false;
  };
}

/** Reads `Basic <base64 of name:password>`; the password may hold colons. */
function parseBasic(header: string | undefined): Credentials | null {
  const encoded = /^basic +(\S+) *$/i.exec(header ?? "")?.[1];
  if (encoded === undefined) return null;
  const text = Buffer.from(encoded, "base64").toString("utf8");
  const colon = text.indexOf(":");
  return colon < 0 ? null : { username: text.slice(0, colon), password: text.slice(colon + 1) };
}

const SHA_PREFIX = "{SHA}";

function isSame(given: Credentials, expected: Credentials): boolean {
  const password = expected.password.startsWith(SHA_PREFIX)
    ? SHA_PREFIX + createHash("sha1").update(given.password).digest("hex")
    : given.password;
  // Both are compared whatever the first says, so that the time taken tells nothing about either.
  const results = [isEqual(given.username, expected.username), isEqual(password, expected.password)];
  return results.every(Boolean);
}

/** Compares in a time that depends on neither text: their digests have one length. */
function isEqual(a: string, b: string): boolean {
  return timingSafeEqual(createHash("sha256").update(a).digest(), createHash("sha256").update(b).digest());
}
