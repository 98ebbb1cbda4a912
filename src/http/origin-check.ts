import type { RequestHandler } from "express";
import { sendError } from "./error-page.ts";

/**
 * Refuses what a page of another site makes a browser send. A browser adds the password that it knows to such a request, and sends a
 * POST of plain text without asking this server first. Clients that are no browsers send neither of the two headers.
 */
export const originCheck: RequestHandler = (request, response, next) => {
  if (isReading(request.method) || isSameOrigin(request.headers)) return next();
  sendError(response, 403);
};

/** These change nothing. */
function isReading(method: string): boolean {
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
