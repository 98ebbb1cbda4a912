import { request } from "node:http";
import { daemonTarget, type ServerAccess } from "./server-access.ts";

/**
 * Streams a log of the daemon (`/logtail/<name>/<channel>` or `/mainlogtail`) until the daemon ends it or `stop` is aborted.
 * @param path - percent-encoded where it has to be.
 * @returns `null`, or what went wrong.
 */
export async function streamLog(
  access: ServerAccess,
  path: string,
  stop: AbortSignal,
  write: (bytes: Uint8Array) => void,
): Promise<string | null> {
  const target = daemonTarget(access);
  if (target === null) return `Unknown protocol for serverurl ${access.url}`;
  return new Promise((resolve) => {
    // `keep-alive` in so many words: to `close` supervisord answers only once 64 KiB have come together.
    const headers = { ...target.headers, "Accept-Encoding": "chunked", Accept: "*/*", Connection: "keep-alive" };
    const call = request({ ...target, headers, path, signal: stop }, (response) => {
      if (response.statusCode !== 200) {
        response.destroy();
        return resolve(`Cannot read, status code ${response.statusCode}`);
      }
      response.on("data", write);
      response.on("close", () => resolve(null));
      // An answer that is cut off has ended; what it brought was written.
      response.on("error", () => resolve(null));
    });
    call.on("error", (error) => resolve(stop.aborted ? null : `Cannot connect, error: ${error.message}`));
    call.end();
  });
}
