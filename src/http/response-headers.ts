import type { RequestHandler } from "express";

/** Headers of every answer: no browser may guess at its type, show it in a frame, tell where it came from, or load anything for it. */
export const COMMON_HEADERS = {
  Server: "taskmaster",
  "X-Content-Type-Options": "nosniff",
  "X-Frame-Options": "DENY",
  "Referrer-Policy": "no-referrer",
  "Content-Security-Policy": "default-src 'none'",
} as const;

export const responseHeaders: RequestHandler = (_request, response, next) => {
  response.set(COMMON_HEADERS);
  next();
};
