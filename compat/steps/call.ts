import { abbreviate } from "../engine/abbreviate.ts";
import { type Argument, showArgument } from "../engine/argument.ts";
import type { Peer } from "../engine/peer.ts";
import { type Answer, callBody, post } from "../engine/rpc.ts";
import type { Step } from "../engine/step.ts";

/** Calls a method and tells the whole answer. */
export function call(method: string, ...args: readonly Argument[]): Step {
  const full = method.includes(".") ? method : `supervisor.${method}`;
  return body(`${full}(${args.map(showArgument).join(", ")})`, callBody(full, args));
}

/** Sends a text as the body of a call. */
export function body(label: string, xml: string): Step {
  return { label, detail: xml, run: async (peer) => peer.normalise(await send(peer, xml)) };
}

/** The same, where chance decides in which order the structs of the answer stand. */
export function unordered(step: Step): Step {
  return { ...step, run: async (peer) => sortStructs(await step.run(peer)) };
}

/** The same, with every number hidden that chance decides. */
export function hidingNumbers(step: Step): Step {
  return { ...step, run: async (peer) => (await step.run(peer)).replaceAll(/\b[1-9]\d+\b/g, "NUMBER") };
}

/** Begins a step that takes its time; `finish` tells its outcome. */
export function begin(name: string, step: Step): Step {
  return {
    label: `begin ${name}: ${step.label}`,
    detail: step.detail ?? "",
    async run(peer) {
      const outcome = step.run(peer);
      outcome.catch(() => {});
      peer.background.set(name, outcome);
      return "";
    },
  };
}

export function finish(name: string): Step {
  return {
    label: `finish ${name}`,
    async run(peer) {
      const outcome = await peer.background.get(name);
      if (outcome === undefined) throw new Error(`nothing was begun as ${name}`);
      return outcome;
    },
  };
}

async function send(peer: Peer, xml: string): Promise<string> {
  await peer.childrenExecuted();
  try {
    return describeAnswer(await post(peer.socket, xml));
  } catch {
    return "connection closed without an answer";
  }
}

function describeAnswer({ status, type, body }: Answer): string {
  if (status !== 200) return `HTTP ${status}`;
  const content = abbreviate(body).trimEnd();
  return type === "text/xml" ? content : `${type}: ${content}`;
}

function sortStructs(outcome: string): string {
  return outcome.replace(/(\{\n[\s\S]*?\n\}\n)+/, (structs) =>
    structs
      .split(/(?<=\n\}\n)/)
      .sort()
      .join(""),
  );
}
