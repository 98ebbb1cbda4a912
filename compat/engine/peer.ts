import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { areChildrenExecuted } from "./children.ts";
import { freePort } from "./free-port.ts";
import type { HttpReader } from "./http-reader.ts";
import { normalise } from "./normalise.ts";
import { call } from "./rpc.ts";
import { waitUntil } from "./wait.ts";

export type PeerKind = "supervisord" | "taskmasterd";

/** `TASKMASTERD` names another build than that of this folder. */
const PROGRAMS: Readonly<Record<PeerKind, string>> = {
  supervisord: "/usr/bin/supervisord",
  taskmasterd: process.env.TASKMASTERD ?? join(import.meta.dirname, "../../src/taskmasterd.sh"),
};

const CLIENTS_FOLDER = join(import.meta.dirname, "../clients");

/** Stands in a configuration for a free TCP port. */
export const PORT = "@PORT@";

/** Stands in a configuration for the folder of the foreign clients. */
export const CLIENTS = "@CLIENTS@";

/** The sections that every daemon needs to be driven. */
const HEAD = `[supervisord]
logfile=%(here)s/daemon.log
pidfile=%(here)s/daemon.pid
childlogdir=%(here)s/logs
[unix_http_server]
file=%(here)s/s.sock
[rpcinterface:supervisor]
supervisor.rpcinterface_factory=supervisor.rpcinterface:make_main_rpcinterface
[supervisorctl]
serverurl=unix://%(here)s/s.sock
`;

/** How a program ended, and what it said. */
export interface Ended {
  readonly stdout: string;
  readonly stderr: string;
  readonly status: number;
}

/** One of the two daemons, in a folder of its own. */
export class Peer {
  readonly kind: PeerKind;
  readonly folder = realpathSync(mkdtempSync(join(tmpdir(), "compat-")));
  readonly port: number;
  /** Outcomes of steps that go on in the background, by name. */
  readonly background = new Map<string, Promise<string>>();
  /** Streams that are followed, by path. */
  readonly streams = new Map<string, HttpReader>();
  #daemon: ChildProcess | null = null;
  #output = "";

  static async create(kind: PeerKind): Promise<Peer> {
    return new Peer(kind, await freePort());
  }

  private constructor(kind: PeerKind, port: number) {
    this.kind = kind;
    this.port = port;
    mkdirSync(join(this.folder, "logs"));
  }

  get configPath(): string {
    return join(this.folder, "supervisord.conf");
  }

  get socket(): string {
    return join(this.folder, "s.sock");
  }

  get pid(): number {
    return this.#daemon?.pid ?? 0;
  }

  /** What the daemon and every program around it find: nothing that differs from machine to machine. */
  get environment(): Readonly<Record<string, string>> {
    return { PATH: process.env.PATH ?? "/usr/bin:/bin", HOME: this.folder, PWD: this.folder, LANG: "C.UTF-8", TZ: "UTC" };
  }

  /** Writes the configuration: the sections of the daemon, and these. */
  configure(sections: string): void {
    this.write("supervisord.conf", HEAD + sections);
  }

  write(name: string, text: string): void {
    writeFileSync(join(this.folder, name), text.replaceAll(PORT, String(this.port)).replaceAll(CLIENTS, CLIENTS_FOLDER));
  }

  read(name: string): string {
    const path = join(this.folder, name);
    return existsSync(path) ? readFileSync(path, "utf8") : "";
  }

  /** Starts the daemon in the foreground and waits until it answers. */
  async start(): Promise<void> {
    const daemon = this.#spawn(["-n", "-s", "-c", this.configPath]);
    this.#daemon = daemon;
    await waitUntil(`${this.kind} to answer`, async () => {
      return daemon.exitCode !== null || (await call(this, "supervisor.getPID", [])).status === 200;
    });
    if (daemon.exitCode !== null) throw new Error(`${this.kind} left with status ${daemon.exitCode}: ${this.#output}`);
  }

  /** Runs the daemon's program to its end. */
  async runDaemon(words: readonly string[]): Promise<Ended> {
    return await ended(this.#spawn(words));
  }

  /** Waits until no child is still a copy of the daemon. */
  async childrenExecuted(): Promise<void> {
    await waitUntil("the children to be what they shall be", () => areChildrenExecuted(this.pid));
  }

  /** Waits until the daemon has left by itself. @returns its exit status. */
  async left(): Promise<number> {
    const daemon = this.#daemon;
    await waitUntil(`${this.kind} to leave`, () => daemon?.exitCode !== null);
    return daemon?.exitCode ?? -1;
  }

  /** Replaces in a text what differs from run to run and from peer to peer. */
  normalise(text: string): string {
    return normalise(text, this);
  }

  async stop(): Promise<void> {
    const daemon = this.#daemon;
    if (daemon !== null && daemon.exitCode === null && daemon.signalCode === null) {
      daemon.kill("SIGTERM");
      await waitUntil(`${this.kind} to stop`, () => daemon.exitCode !== null || daemon.signalCode !== null);
    }
    rmSync(this.folder, { recursive: true, force: true });
  }

  #spawn(words: readonly string[]): ChildProcess {
    const child = spawn(PROGRAMS[this.kind], words, {
      cwd: this.folder,
      env: this.environment,
      stdio: ["ignore", "pipe", "pipe"],
    });
    for (const stream of [child.stdout, child.stderr]) {
      stream.on("data", (chunk) => {
        this.#output += chunk;
      });
    }
    return child;
  }
}

/** Waits for the end of a program; its children may hold its output open. */
export function ended(child: ChildProcess): Promise<Ended> {
  const said = { stdout: "", stderr: "" };
  child.stdout?.on("data", (chunk) => {
    said.stdout += chunk;
  });
  child.stderr?.on("data", (chunk) => {
    said.stderr += chunk;
  });
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => resolve({ ...said, status: code ?? -1 }));
  });
}
