import type { Server } from "node:http";
import type { ServerConfig } from "../model/config.ts";
import { type ListenOutcome, listenOnTcp } from "../os/listen.ts";
import { listenOnUnixSocket, removeUnixSocket } from "../os/listen-unix.ts";
import { describeServer } from "./server-url.ts";
import { StartError } from "./start-error.ts";

/** The listeners of one configuration. */
export class HttpServers {
  readonly #open: { readonly server: Server; readonly config: ServerConfig }[] = [];

  /**
   * Opens every listener, or none.
   * @throws StartError in supervisord's words, with the address that is the trouble.
   */
  async open(configs: readonly ServerConfig[], create: (config: ServerConfig) => Server): Promise<void> {
    for (const config of configs) {
      const server = create(config);
      const outcome = await listenOn(server, config);
      if (!outcome.ok) {
        this.close();
        throw new StartError(describeFailure(outcome, config));
      }
      this.#open.push({ server, config });
    }
  }

  /** Stops listening and drops every connection. */
  close(): void {
    for (const { server, config } of this.#open.splice(0)) {
      server.close();
      server.closeAllConnections();
      if (config.kind === "unix") removeUnixSocket(config.file);
    }
  }
}

function listenOn(server: Server, config: ServerConfig): Promise<ListenOutcome> {
  if (config.kind === "inet") return listenOnTcp(server, config.host, config.port);
  return listenOnUnixSocket(server, config, (file) => process.stderr.write(`Unlinking stale socket ${file}\n`));
}

function describeFailure(outcome: Exclude<ListenOutcome, { ok: true }>, config: ServerConfig): string {
  const place = `cannot listen on ${describeServer(config)} ([${config.section}])`;
  switch (outcome.kind) {
    case "in-use":
      return (
        "Another program is already listening on a port that one of our HTTP servers is configured to use.  " +
        `Shut this program down first before starting supervisord.\n${place}: it is in use`
      );
    case "failed":
      return `Cannot open an HTTP server: socket.error reported errno.${outcome.error} (${outcome.number})\n${place}`;
    case "refused":
      return outcome.problem;
  }
}
