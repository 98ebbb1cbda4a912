import { spawn } from "node:child_process";
import { join } from "node:path";
import { PYTHON } from "../../test/support/python.ts";
import { ended, type Peer } from "../engine/peer.ts";
import type { Step } from "../engine/step.ts";

const CLIENTS = join(import.meta.dirname, "../clients");
const EXAMPLES = join(import.meta.dirname, "../../examples/clients");

export type Environment = Readonly<Record<string, string>>;

/** Keeps a client on the unix socket, which asks for no password. */
export const NO_PASSWORD: Environment = { SUPERVISOR_USER: "", SUPERVISOR_URL: "http://localhost" };

/** Runs the real supervisorctl with a command line of words that blanks part. */
export function ctl(line: string): Step {
  return client(`supervisorctl ${line}`, "/usr/bin/supervisorctl", [
    "-c",
    "supervisord.conf",
    ...line.split(" ").filter(Boolean),
  ]);
}

/** Runs one of the clients of this folder, which finds the daemon by its environment. */
export function foreign(program: string, script: string, ...words: readonly string[]): Step {
  return client([script, ...words].join(" "), program, [join(CLIENTS, script), ...words]);
}

/** Runs one of the examples for users. */
export function example(script: string, environment: Environment, ...words: readonly string[]): Step {
  const way = Object.entries(environment).map(([name, value]) => `${name}=${value}`);
  return client([...way, script, ...words].join(" "), join(EXAMPLES, script), words, environment);
}

/**
 * Runs a program on a terminal: waits for a text, types a line or a key, and so on. Tells what the terminal showed.
 * @param words - `@URL@` in them stands for the daemon's address.
 */
export function terminal(words: readonly string[], ...script: readonly (readonly [string, string])[]): Step {
  return {
    label: `on a terminal: ${words.join(" ")}${script.map(([, typed]) => ` | ${typed}`).join("")}`,
    detail: JSON.stringify(script),
    async run(peer) {
      const given = words.map((word) => word.replace("@URL@", `http://127.0.0.1:${peer.port}`));
      return await runClient(peer, PYTHON, [join(CLIENTS, "terminal.py"), JSON.stringify(given), JSON.stringify(script)], {});
    },
  };
}

/** The lines that a client prints about processes that end together stand in any order. */
export function anyOrder(step: Step): Step {
  return { ...step, run: async (peer) => (await step.run(peer)).split("\n").sort().join("\n") };
}

function client(label: string, program: string, words: readonly string[], environment: Environment = {}): Step {
  return { label, run: (peer) => runClient(peer, program, words, environment) };
}

async function runClient(peer: Peer, program: string, words: readonly string[], environment: Environment): Promise<string> {
  const child = spawn(program, words, {
    cwd: peer.folder,
    env: {
      ...peer.environment,
      SUPERVISOR_SOCKET: peer.socket,
      SUPERVISOR_URL: `http://127.0.0.1:${peer.port}`,
      SUPERVISOR_USER: "user",
      SUPERVISOR_PASSWORD: "secret",
      ...environment,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const { stdout, stderr, status } = await ended(child);
  return peer.normalise(`${stdout}${stderr}exit status ${status}`);
}
