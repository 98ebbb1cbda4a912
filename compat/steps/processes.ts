import { abbreviate } from "../engine/abbreviate.ts";
import type { Peer } from "../engine/peer.ts";
import { call } from "../engine/rpc.ts";
import type { Step } from "../engine/step.ts";
import { waitUntil } from "../engine/wait.ts";

/** Waits until a process is in a state. */
export function reach(name: string, state: string): Step {
  return {
    label: `wait until ${name} is ${state}`,
    async run(peer) {
      await waitUntil(`${name} to be ${state}`, async () => {
        const seen = await stateOf(peer, name);
        if (seen !== state) throw new Error(`it is ${seen}`);
        return true;
      });
      return "";
    },
  };
}

/** Waits until no process is on its way from one state to another. */
export const settled: Step = {
  label: "wait until every process is at rest",
  async run(peer) {
    await waitUntil("the processes to settle", async () => {
      const { status, body } = await call(peer, "supervisor.getAllProcessInfo", []);
      return status === 200 && body.includes("<array>") && !/<string>(STARTING|STOPPING|BACKOFF)<\/string>/.test(body);
    });
    return "";
  },
};

/** Tells the state of each of some processes, and what the daemon says of it. */
export function states(...names: readonly string[]): Step {
  return {
    label: `states of ${names.join(", ")}`,
    async run(peer) {
      const lines = await Promise.all(names.map((name) => describe(peer, name)));
      return peer.normalise(lines.join("\n"));
    },
  };
}

/** Sends the daemon a signal. */
export function signalDaemon(signal: NodeJS.Signals): Step {
  return {
    label: `${signal} to the daemon`,
    async run(peer) {
      await peer.childrenExecuted();
      process.kill(peer.pid, signal);
      return "";
    },
  };
}

/** Sends a process a signal behind the daemon's back. */
export function killProcess(name: string, signal: NodeJS.Signals): Step {
  return {
    label: `${signal} to the process ${name}`,
    async run(peer) {
      await peer.childrenExecuted();
      process.kill(Number(await member(peer, name, "pid")), signal);
      return "";
    },
  };
}

/** Waits until the daemon has left, and tells its exit status. */
export const left: Step = {
  label: "wait until the daemon has left",
  run: async (peer) => `exit status ${await peer.left()}`,
};

async function describe(peer: Peer, name: string): Promise<string> {
  const answer = abbreviate((await call(peer, "supervisor.getProcessInfo", [name])).body);
  const members = ["statename", "spawnerr", "exitstatus", "description"].map((key) => read(answer, key));
  return `${name}: ${members.join(", ")}`;
}

async function stateOf(peer: Peer, name: string): Promise<string> {
  return (await member(peer, name, "statename")).replaceAll("'", "");
}

async function member(peer: Peer, name: string, key: string): Promise<string> {
  return read(abbreviate((await call(peer, "supervisor.getProcessInfo", [name])).body), key);
}

function read(answer: string, key: string): string {
  return new RegExp(`^${key}: (.*)$`, "m").exec(answer)?.[1] ?? answer;
}
