import type { Server } from "node:net";
import { constants } from "node:os";
import { errorCode } from "./error-code.ts";

export type ListenOutcome =
  | { readonly ok: true }
  /** Somebody else serves there. */
  | { readonly ok: false; readonly kind: "in-use" }
  /** `error` is a name such as `EACCES`, `number` the system's, 0 when it has none. */
  | { readonly ok: false; readonly kind: "failed"; readonly error: string; readonly number: number }
  /** A message for the user that says it all. */
  | { readonly ok: false; readonly kind: "refused"; readonly problem: string };

/** As many connections as may wait to be accepted. @see supervisor/medusa/http_server.py */
const BACKLOG = 1024;

/** Makes a server listen on a TCP address; an empty host means all IPv4 interfaces. */
export function listenOnTcp(server: Server, host: string, port: number): Promise<ListenOutcome> {
  return listen(server, { host: host === "" ? "0.0.0.0" : host, port });
}

/** Calls `listen` and waits for its outcome; a failure leaves the server unused. */
export function listen(
  server: Server,
  address: { readonly host: string; readonly port: number } | { readonly path: string },
): Promise<ListenOutcome> {
  return new Promise((resolve) => {
    const onError = (error: Error): void => {
      server.off("listening", onListening);
      resolve(errorCode(error) === "EADDRINUSE" ? { ok: false, kind: "in-use" } : listenFailure(error));
    };
    const onListening = (): void => {
      server.off("error", onError);
      resolve({ ok: true });
    };
    server.once("error", onError);
    server.once("listening", onListening);
    server.listen({ ...address, backlog: BACKLOG });
  });
}

export function listenFailure(error: unknown): ListenOutcome {
  const name = errorCode(error);
  return { ok: false, kind: "failed", error: name, number: constants.errno[name as keyof typeof constants.errno] ?? 0 };
}
