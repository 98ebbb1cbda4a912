import type { RequestHandler } from "express";

/** Headers of every answer: no browser may guess at its type, show it in a frame, tell where it came from, or load anything for it. */
export const responseHeaders: RequestHandler = (_request, response, next) => {
  response.set({
    Server: "taskmaster",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Content-Security-Policy": "default-src 'none'",
  });
  next();
};
