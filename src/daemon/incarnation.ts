import { fileURLToPath } from "node:url";
import { ChildProcesses } from "../child/child-processes.ts";
import { EventBus, type EventSerials } from "../events/event-bus.ts";
import { EventHistory } from "../events/history.ts";
import { outputEvents } from "../events/output-events.ts";
import { createHttpApp } from "../http/app.ts";
import { doLegacyAction } from "../http/legacy-actions.ts";
import { LiveEvents } from "../http/live-events.ts";
import { fileFollower } from "../http/log-follower.ts";
import { newPageToken, Page, refuseAction } from "../http/page.ts";
import { createHttpServer } from "../http/server.ts";
import { TerminalSessions } from "../http/terminal-sessions.ts";
import type { ActivityLog } from "../logs/activity-log.ts";
import { removeOldAutoLogs } from "../logs/auto-log.ts";
import { LogGrowth } from "../logs/log-growth.ts";
import type { Config, ServerConfig } from "../model/config.ts";
import { processId } from "../model/namespec.ts";
import { SystemClock } from "../os/clock.ts";
import type { InheritedOutput } from "../os/inherited-output.ts";
import { measureTrees } from "../os/process-trees.ts";
import { SyslogWriter } from "../os/syslog-writer.ts";
import type { RpcContext } from "../rpc/context.ts";
import { methodTable } from "../rpc/table.ts";
import { Supervisor } from "../runtime/supervisor.ts";
import type { ConfigSource } from "./config-source.ts";
import { LiveConfiguration } from "./configuration.ts";
import { HttpServers } from "./http-servers.ts";
import { childServerUrl } from "./server-url.ts";

/** The release of Supervisor whose interface this is; clients choose by it what they may ask. */
const SUPERVISOR_VERSION = "4.2.5";

export interface IncarnationOptions {
  readonly config: Config;
  readonly source: ConfigSource;
  readonly activity: ActivityLog;
  readonly inherited: InheritedOutput;
  /** Private directory for FIFOs. */
  readonly runtimeDirectory: string;
  /** Soft limit of open files for children. */
  readonly openFiles: number;
  /** Numbers the events of all incarnations. */
  readonly eventSerials: EventSerials;
  readonly onLeave: (mode: "SHUTDOWN" | "RESTARTING") => void;
}

/** The build puts the page beside the bundle of the daemon. */
const PAGE_FOLDER = fileURLToPath(new URL("web", import.meta.url));

/** The daemon between two restarts: one configuration's supervisor, children and listeners. */
export class Incarnation {
  readonly supervisor: Supervisor;
  readonly configuration: LiveConfiguration;
  readonly #options: IncarnationOptions;
  readonly #events: EventBus;
  readonly #children: ChildProcesses;
  readonly #servers = new HttpServers();
  readonly #live: LiveEvents;
  readonly #terminals: TerminalSessions;
  readonly #history = new EventHistory(() => Date.now() / 1000);
  readonly #token = newPageToken();
  readonly #growth = new LogGrowth();

  constructor(options: IncarnationOptions) {
    const { config, source, activity, inherited, runtimeDirectory, openFiles, eventSerials, onLeave } = options;
    this.#options = options;
    const log = activity.log.bind(activity);
    this.#events = new EventBus({
      identifier: config.daemon.identifier,
      serials: eventSerials,
      // A clock has one alarm, so the ticks need one of their own.
      clock: new SystemClock(),
      send: (group, name, envelope) => this.#children.writeStdin(processId(group, name), envelope),
      log,
    });
    this.#children = new ChildProcesses({
      runtimeDir: runtimeDirectory,
      childLogDir: config.daemon.childlogdir,
      identifier: config.daemon.identifier,
      stripAnsi: config.daemon.stripAnsi,
      serverUrl: childServerUrl(config.servers),
      openFiles,
      env: process.env,
      activity,
      inherited,
      growth: this.#growth,
      syslog: new SyslogWriter(),
      ...outputEvents({
        bus: this.#events,
        pidOf: ({ group, name }) => this.#children.lastPid(processId(group, name)),
        log,
      }),
    });
    const ports = { clock: new SystemClock(), children: this.#children, activity, events: this.#events };
    this.supervisor = new Supervisor(ports, onLeave);
    this.#live = new LiveEvents({ feed: this.#events, greeting: () => this.#greeting() });
    this.#events.watch((event) => this.#history.hear(event));
    this.#terminals = new TerminalSessions(this.#children);
    this.configuration = new LiveConfiguration(source, config, this.supervisor, activity);
  }

  /**
   * Opens the listeners, then makes the groups active; nothing starts yet. Old AUTO logs go only now: another daemon that still
   * uses them would have been met at its socket.
   * @throws StartError when a listener cannot be opened.
   */
  async open(): Promise<void> {
    const { config, activity } = this.#options;
    const context = this.#context();
    const methods = methodTable(config);
    await this.#servers.open(config.servers, (server) => this.#createServer(server, context, methods));
    if (!config.daemon.nocleanup) {
      for (const warning of removeOldAutoLogs(config.daemon.childlogdir, config.daemon.identifier)) activity.log("warn", warning);
    }
    this.supervisor.configure(config.groups);
  }

  /** Closes and opens every log of a process anew. */
  reopenLogs(): void {
    this.#children.reopenLogs();
  }

  /** Ends the listeners and closes what belongs to the processes, which are at rest. */
  close(): void {
    this.#live.close();
    this.#terminals.close();
    this.#servers.close();
    this.supervisor.reset();
    this.#events.close();
    this.#children.close();
  }

  #createServer(
    server: ServerConfig,
    context: RpcContext,
    methods: ReturnType<typeof methodTable>,
  ): ReturnType<typeof createHttpServer> {
    const { activity } = this.#options;
    const app = createHttpApp({
      server,
      context,
      methods,
      log: activity,
      follower: fileFollower(this.#growth),
      live: this.#live,
      terminals: this.#terminals,
      page: new Page({
        folder: PAGE_FOLDER,
        token: this.#token,
        act: server.legacyGetActions
          ? (request, response) => doLegacyAction(request, response, { context, methods })
          : refuseAction,
      }),
      token: this.#token,
    });
    activity.log("info", "RPC interface 'supervisor' initialized");
    if (server.credentials === null && !isPrivate(server)) {
      activity.log("critical", `Server '${server.section}' running without any HTTP authentication checking`);
    }
    return createHttpServer(app);
  }

  /** Whom a reader of events speaks to. */
  #greeting(): Readonly<Record<string, string | number>> {
    const { identifier } = this.configuration.latest.daemon;
    return { pid: process.pid, identifier, state: this.supervisor.state };
  }

  #context(): RpcContext {
    const { activity } = this.#options;
    const { configuration } = this;
    return {
      supervisor: this.supervisor,
      output: this.#children,
      activityLog: activity,
      configuration,
      history: (id) => this.#history.of(id),
      usage: { measure: measureTrees },
      events: { remoteCommunication: (type, data) => this.#events.publish({ kind: "remote-communication", type, data }) },
      daemon: {
        pid: process.pid,
        version: SUPERVISOR_VERSION,
        get identifier() {
          return configuration.latest.daemon.identifier;
        },
      },
    };
  }
}

/** Our own dialect's socket is guarded by its mode; supervisord warns of its own whatever the mode. */
function isPrivate(server: ServerConfig): boolean {
  return server.kind === "unix" && server.section.startsWith("http") && (server.mode & 0o077) === 0;
}
