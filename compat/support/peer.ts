import { type ChildProcess, execFile, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { waitFor } from "../../test/support/wait.ts";

/** What a command printed, with everything that differs from run to run replaced. */
export interface Printed {
  readonly stdout: string;
  readonly stderr: string;
  readonly status: number;
}

const DAEMONS = {
  supervisord: "/usr/bin/supervisord",
  taskmasterd: join(import.meta.dirname, "../../src/taskmasterd.sh"),
} as const;

/** One running daemon, ours or the original, on a configuration in a folder of its own. */
export class Peer {
  readonly kind: keyof typeof DAEMONS;
  /** `/DIR` in what the commands print. */
  readonly folder: string;
  #daemon: ChildProcess | null = null;

  constructor(kind: keyof typeof DAEMONS) {
    this.kind = kind;
    this.folder = realpathSync(mkdtempSync(join(tmpdir(), `peer-${kind}-`)));
    mkdirSync(join(this.folder, "logs"));
  }

  get configPath(): string {
    return join(this.folder, "supervisord.conf");
  }

  /** Writes the configuration; `%(here)s` in it is this peer's folder. */
  configure(text: string): void {
    writeFileSync(this.configPath, text);
  }

  /** Starts the daemon in the foreground and waits until it answers. */
  async start(): Promise<void> {
    this.#daemon = spawn(DAEMONS[this.kind], ["-n", "-c", this.configPath], { cwd: this.folder, stdio: "ignore" });
    await waitFor(`${this.kind} to answer`, async () => (await this.run(["pid"])).status === 0);
  }

  /** Runs the real supervisorctl with this daemon. */
  run(words: readonly string[], program = "/usr/bin/supervisorctl"): Promise<Printed> {
    return new Promise((resolve) => {
      execFile(program, ["-c", this.configPath, ...words], { cwd: this.folder, timeout: 60_000 }, (error, stdout, stderr) => {
        const status = typeof error?.code === "number" ? error.code : error === null ? 0 : -1;
        resolve({ stdout: this.#normalise(stdout), stderr: this.#normalise(stderr), status });
      });
    });
  }

  /** Waits until no process is on its way from one state to another. */
  async settle(): Promise<void> {
    await waitFor(`${this.kind} to settle`, async () => {
      const { stdout, status } = await this.run(["status"]);
      return [0, 3].includes(status) && !/\b(STARTING|STOPPING|BACKOFF)\b/.test(stdout);
    });
  }

  /** Waits until the daemon has gone by itself. */
  async gone(): Promise<number | null> {
    return await waitFor(`${this.kind} to leave`, () => this.#daemon?.exitCode ?? null);
  }

  async stop(): Promise<void> {
    const daemon = this.#daemon;
    if (daemon !== null && daemon.exitCode === null) {
      daemon.kill("SIGTERM");
      await waitFor(`${this.kind} to stop`, () => daemon.exitCode !== null || daemon.signalCode !== null);
    }
    rmSync(this.folder, { recursive: true, force: true });
  }

  #normalise(text: string): string {
    return text
      .replaceAll(this.folder, "/DIR")
      .replaceAll(/\bpid \d+/g, "pid PID")
      .replaceAll(/uptime \d+:\d\d:\d\d/g, "uptime UPTIME")
      .replaceAll(/[A-Z][a-z]{2} \d\d \d\d:\d\d [AP]M/g, "DATE");
  }
}
