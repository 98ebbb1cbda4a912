import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import type { ServerConfig } from "../model/config.ts";
import type { RpcContext } from "../rpc/context.ts";
import type { MethodTable } from "../rpc/method.ts";
import { accessLog } from "./access-log.ts";
import { authentication } from "./authentication.ts";
import type { Check } from "./check.ts";
import { answerDefect } from "./defect.ts";
import { hostCheck } from "./host-check.ts";
import type { HttpLog } from "./http-log.ts";
import type { LiveEvents } from "./live-events.ts";
import type { LogFollower } from "./log-follower.ts";
import { originCheck } from "./origin-check.ts";
import type { Page } from "./page.ts";
import { isRpcRequest, rpcEndpoint } from "./rpc-endpoint.ts";
import { StreamConnections } from "./stream-connections.ts";
import type { TerminalSessions } from "./terminal-sessions.ts";

export interface HttpAppOptions {
  /** The listener that this app answers for: whom it lets in depends on it. */
  readonly server: ServerConfig;
  readonly context: RpcContext;
  readonly methods: MethodTable;
  readonly log: HttpLog;
  readonly follower: LogFollower;
  readonly live: LiveEvents;
  readonly terminals: TerminalSessions;
  readonly page: Page;
  /** What the page's calls carry. */
  readonly token: string;
}

/**
 * Everything that one HTTP server answers. What every request has to pass comes first. Calls, of which there are many, are answered
 * right behind it; everything else is express's.
 */
export function createHttpApp(options: HttpAppOptions): RequestListener {
  const { server, context, methods, log, token } = options;
  const streams = new StreamConnections();
  const checks: readonly Check[] = [
    streams.guard,
    accessLog(log),
    authentication(server),
    hostCheck(server, log),
    originCheck(token),
  ];
  const answerCall = rpcEndpoint({ context, methods, log });
  const others = new LateListener(async () => (await import("./express-app.ts")).createExpressApp(options, streams));
  const answer: RequestListener = (request, response) => {
    if (!checks.every((passes) => passes(request, response))) return;
    const answered = isRpcRequest(request) ? answerCall(request, response) : others.hear(request, response);
    answered?.catch((error) => answerDefect(log, error, request, response));
  };
  return (request, response) => {
    // Whether a request may follow another on its connection is known once that one is dealt with.
    const next = (): void => answer(request, response);
    if (others.loading === null) next();
    else others.loading.then(next, next);
  };
}

/** Many a daemon is asked for nothing but calls, and does without the rest, which is loaded for the first who needs it. */
class LateListener {
  readonly #load: () => Promise<RequestListener>;
  #listener: RequestListener | null = null;
  loading: Promise<void> | null = null;

  constructor(load: () => Promise<RequestListener>) {
    this.#load = load;
  }

  /** @returns `null` when the listener has heard of the request already. */
  hear(request: IncomingMessage, response: ServerResponse): Promise<void> | null {
    if (this.#listener === null) {
      this.loading = this.#loaded(request, response);
      return this.loading;
    }
    this.#listener(request, response);
    return null;
  }

  async #loaded(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      this.#listener ??= await this.#load();
    } finally {
      this.loading = null;
    }
    this.#listener(request, response);
  }
}
