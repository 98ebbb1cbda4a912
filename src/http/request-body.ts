import type { IncomingMessage } from "node:http";

/** The whole body; `too large` as soon as it exceeds the limit, `aborted` when the client left before its end. */
export type Body =
  | { readonly kind: "complete"; readonly bytes: Buffer }
  | { readonly kind: "too large" }
  | { readonly kind: "aborted" };

/** Reads the body of a request, never more than `limit` bytes of it. */
export function readBody(request: IncomingMessage, limit: number): Promise<Body> {
  if (Number(request.headers["content-length"] ?? 0) > limit) return Promise.resolve({ kind: "too large" });
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const onData = (chunk: Buffer): void => {
      size += chunk.length;
      chunks.push(chunk);
      if (size <= limit) return;
      request.off("data", onData);
      request.pause();
      resolve({ kind: "too large" });
    };
    request.on("data", onData);
    request.on("end", () => resolve({ kind: "complete", bytes: Buffer.concat(chunks) }));
    request.on("close", () => resolve({ kind: "aborted" }));
    request.on("error", () => resolve({ kind: "aborted" }));
  });
}
