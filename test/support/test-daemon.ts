import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import xmlrpc from "xmlrpc";
import { waitFor } from "./wait.ts";

const LAUNCHER = join(import.meta.dirname, "../../src/taskmasterd.sh");

/** What `supervisor.getProcessInfo` answers, as far as tests look at it. */
export interface ProcessInfo {
  readonly name: string;
  readonly group: string;
  readonly statename: string;
  readonly pid: number;
  readonly exitstatus: number;
  readonly spawnerr: string;
  readonly description: string;
  readonly stdout_logfile: string;
  readonly stderr_logfile: string;
}

export interface TestDaemonOptions {
  /** The name of the configuration, which tells its dialect. */
  readonly file?: "taskmaster.yaml" | "supervisord.conf";
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** A program that runs the daemon, such as `unshare`, and its arguments. */
  readonly within?: readonly string[];
}

/** A real daemon in the foreground, on a configuration in a folder of its own; its socket is `s.sock` there. */
export class TestDaemon {
  readonly folder: string;
  output = "";
  readonly #options: TestDaemonOptions;
  #process: ChildProcess | null = null;

  /** @param configuration - given the folder; a YAML text needs no `http` and no `daemon`. */
  constructor(configuration: string | ((folder: string) => string), options: TestDaemonOptions = {}) {
    this.folder = realpathSync(mkdtempSync(join(tmpdir(), "taskmaster-test-")));
    this.#options = options;
    this.configure(typeof configuration === "string" ? configuration : configuration(this.folder));
  }

  get configPath(): string {
    return join(this.folder, this.#options.file ?? "taskmaster.yaml");
  }

  get socket(): string {
    return join(this.folder, "s.sock");
  }

  get pid(): number {
    return this.#process?.pid ?? 0;
  }

  /** The activity log. */
  get log(): string {
    return existsSync(join(this.folder, "daemon.log")) ? this.read("daemon.log") : "";
  }

  configure(text: string): void {
    writeFileSync(this.configPath, this.configPath.endsWith(".yaml") ? withOwnPlaces(text) : iniHead() + text);
  }

  read(name: string): string {
    return readFileSync(join(this.folder, name), "utf8");
  }

  /** Starts the daemon and waits until it answers. */
  async start(): Promise<this> {
    this.launch();
    await waitFor("the daemon to answer", async () => {
      if (this.exitCode !== null) throw new Error(`the daemon left with status ${this.exitCode}: ${this.output}`);
      return (await this.call("supervisor.getPID")) as number;
    });
    return this;
  }

  /** Starts the daemon and waits for nothing. */
  launch(): void {
    const { args = [], env = {}, within = [] } = this.#options;
    const [program = LAUNCHER, ...words] = [...within, LAUNCHER, "-n", "-s", "-c", this.configPath, ...args];
    const child = spawn(program, words, { cwd: this.folder, env: { ...process.env, ...env }, stdio: ["ignore", "pipe", "pipe"] });
    child.stdout.on("data", (chunk) => this.#collect(chunk));
    child.stderr.on("data", (chunk) => this.#collect(chunk));
    this.#process = child;
  }

  get exitCode(): number | null {
    return this.#process?.exitCode ?? null;
  }

  /** Waits until the daemon has left by itself. @returns its exit status. */
  async left(): Promise<number> {
    const status = await waitFor("the daemon to leave", () => {
      const code = this.exitCode;
      return code === null ? null : { code };
    });
    return status.code;
  }

  call(method: string, ...parameters: readonly unknown[]): Promise<unknown> {
    const client = xmlrpc.createClient({ socketPath: this.socket, path: "/RPC2" } as { path: string });
    return new Promise((resolve, reject) => {
      client.methodCall(method, [...parameters], (error: unknown, value: unknown) => (error ? reject(error) : resolve(value)));
    });
  }

  async info(name: string): Promise<ProcessInfo> {
    return (await this.call("supervisor.getProcessInfo", name)) as ProcessInfo;
  }

  async allInfo(): Promise<readonly ProcessInfo[]> {
    return (await this.call("supervisor.getAllProcessInfo")) as readonly ProcessInfo[];
  }

  /** Waits until a process is in a state. */
  async reach(name: string, statename: string): Promise<ProcessInfo> {
    return await waitFor(`${name} to be ${statename}`, async () => {
      const info = await this.info(name);
      if (info.statename !== statename) throw new Error(`it is ${info.statename}: ${info.description}`);
      return info;
    });
  }

  signal(name: NodeJS.Signals): void {
    process.kill(this.pid, name);
  }

  /** Ends the daemon, if it has not ended, and removes its folder. */
  /** @param options - `keepFolder` for a daemon that is to be started again. */
  async stop({ keepFolder = false }: { readonly keepFolder?: boolean } = {}): Promise<void> {
    if (this.#process !== null && this.exitCode === null && this.#process.signalCode === null) {
      this.#process.kill("SIGTERM");
      await waitFor("the daemon to stop", () => this.exitCode !== null || this.#process?.signalCode !== null);
    }
    if (!keepFolder) rmSync(this.folder, { recursive: true, force: true });
  }

  #collect(chunk: Buffer): void {
    this.output += chunk.toString();
  }
}

function withOwnPlaces(text: string): string {
  const places = [
    ["http", "http:\n  unix: { file: s.sock }"],
    ["daemon", "daemon: { logfile: daemon.log, pidfile: daemon.pid, childlogdir: ., runtimedir: run, loglevel: debug }"],
  ];
  const missing = places.filter(([key]) => !new RegExp(`^${key}:`, "m").test(text));
  return [text, ...missing.map(([, lines]) => lines), ""].join("\n");
}

function iniHead(): string {
  return [
    "[supervisord]",
    "logfile=%(here)s/daemon.log",
    "pidfile=%(here)s/daemon.pid",
    "childlogdir=%(here)s",
    "loglevel=debug",
    "[unix_http_server]",
    "file=%(here)s/s.sock",
    "[rpcinterface:supervisor]",
    "supervisor.rpcinterface_factory=supervisor.rpcinterface:make_main_rpcinterface",
    "",
  ].join("\n");
}
