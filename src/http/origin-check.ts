import { timingSafeEqual } from "node:crypto";
import type { Check } from "./check.ts";
import { sendError } from "./error-page.ts";

/** The header in which the page proves that its calls are its own. */
const TOKEN_HEADER = "x-taskmaster-token";

/**
 * Refuses what a page of another site makes a browser send. A browser adds the password that it knows to such a request, and sends a
 * POST of plain text without asking this server first. Clients that are no browsers send none of the headers by which one is known; what
 * a browser sends has to come from here and to bear the token of the page.
 */
export function originCheck(token: string): Check {
  return (request, response) => {
    const { headers } = request;
    if (isReading(request.method) || !isBrowser(headers)) return true;
    if (isSameOrigin(headers) && isToken(headers[TOKEN_HEADER], token)) return true;
    sendError(response, 403);
    return false;
  };
}

function isBrowser(headers: OriginHeaders): boolean {
  return headers["sec-fetch-site"] !== undefined || headers.origin !== undefined;
}

function isToken(given: unknown, token: string): boolean {
  if (typeof given !== "string") return false;
  return Buffer.byteLength(given) === token.length && timingSafeEqual(Buffer.from(given), Buffer.from(token));
}

/** These change nothing. */
function isReading(method: string | undefined): boolean {
  return method === "GET" || method === "HEAD" || method === "OPTIONS";
}

interface OriginHeaders {
  readonly "sec-fetch-site"?: string | undefined;
  readonly origin?: string | undefined;
  readonly host?: string | undefined;
}

/** Whether a browser, if it is one that asks, asks for a page of this server. */
export function isSameOrigin(headers: OriginHeaders): boolean {
  const site = headers["sec-fetch-site"];
  // The browser itself tells, also when a proxy in between changed the Host header.
  if (site !== undefined) return site === "same-origin" || site === "none";
  if (headers.origin === undefined) return true;
  return URL.canParse(headers.origin) && new URL(headers.origin).host === headers.host?.toLowerCase();
}
