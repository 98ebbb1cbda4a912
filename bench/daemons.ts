import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import xmlrpc from "xmlrpc";

export const LAUNCHERS = {
  supervisord: "/usr/bin/supervisord",
  taskmasterd: join(import.meta.dirname, "../../src/taskmasterd.sh"),
} as const;

/** What `supervisor.getProcessInfo` answers, as far as benches look at it. */
export interface ProcessInfo {
  readonly pid: number;
}

export type Kind = keyof typeof LAUNCHERS;

/** A daemon in the foreground on a configuration in a folder of its own, with a unix socket. */
export class BenchDaemon {
  readonly folder: string;
  /** Of its TCP server, on 127.0.0.1. */
  readonly port: number;
  readonly #process: ChildProcess;
  readonly #client: ReturnType<typeof xmlrpc.createClient>;

  private constructor(folder: string, port: number, process: ChildProcess) {
    this.folder = folder;
    this.port = port;
    this.#process = process;
    this.#client = xmlrpc.createClient({ socketPath: this.socket, path: "/RPC2" } as { path: string });
  }

  /** @param programs - sections in supervisord's dialect. @param env - for the daemon, besides this program's. */
  static async start(kind: Kind, programs: string, env: Readonly<Record<string, string>> = {}): Promise<BenchDaemon> {
    const folder = realpathSync(mkdtempSync(join(tmpdir(), `bench-${kind}-`)));
    const port = await freePort();
    writeFileSync(join(folder, "supervisord.conf"), configurationText(folder, port, programs));
    const words = ["-n", "-s", "-c", join(folder, "supervisord.conf")];
    const child = spawn(LAUNCHERS[kind], words, { cwd: folder, stdio: "ignore", env: { ...process.env, ...env } });
    const daemon = new BenchDaemon(folder, port, child);
    await daemon.answering();
    return daemon;
  }

  /** Writes the configuration anew; the daemon is not told. */
  configure(programs: string): void {
    writeFileSync(this.configuration, configurationText(this.folder, this.port, programs));
  }

  get configuration(): string {
    return join(this.folder, "supervisord.conf");
  }

  get socket(): string {
    return join(this.folder, "s.sock");
  }

  get pid(): number {
    return this.#process.pid ?? 0;
  }

  call(method: string, ...parameters: readonly unknown[]): Promise<unknown> {
    return new Promise((resolve, reject) => {
      this.#client.methodCall(method, [...parameters], (error: unknown, value: unknown) =>
        error ? reject(error) : resolve(value),
      );
    });
  }

  async stop(): Promise<void> {
    const exit = once(this.#process, "exit");
    if (this.#process.exitCode === null && this.#process.signalCode === null) {
      this.#process.kill("SIGTERM");
      await exit;
    }
    rmSync(this.folder, { recursive: true });
  }

  /** Waits until the daemon answers. */
  async answering(): Promise<void> {
    for (let tries = 0; tries < 1000; tries++) {
      if (typeof (await this.call("supervisor.getPID").catch(() => null)) === "number") return;
      await sleep(20);
    }
    throw new Error("the daemon does not answer");
  }
}

/** Runs something with a daemon, and ends the daemon whatever happens. */
export async function withDaemon<Value>(
  kind: Kind,
  programs: string,
  work: (daemon: BenchDaemon) => Promise<Value>,
): Promise<Value> {
  const daemon = await BenchDaemon.start(kind, programs);
  try {
    return await work(daemon);
  } finally {
    await daemon.stop();
  }
}

export function sleepers(count: number, more = ""): string {
  return `[program:sleeper]
command=sleep infinity
numprocs=${count}
process_name=sleeper_%(process_num)04d
startsecs=0
${more}
`;
}

export function configurationHead(folder: string): string {
  return `[supervisord]
logfile=${folder}/daemon.log
pidfile=${folder}/daemon.pid
childlogdir=${folder}
[unix_http_server]
file=${folder}/s.sock
[rpcinterface:supervisor]
supervisor.rpcinterface_factory=supervisor.rpcinterface:make_main_rpcinterface
[supervisorctl]
serverurl=unix://${folder}/s.sock
`;
}

function configurationText(folder: string, port: number, programs: string): string {
  return `${configurationHead(folder)}[inet_http_server]\nport=127.0.0.1:${port}\n${programs}`;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}
