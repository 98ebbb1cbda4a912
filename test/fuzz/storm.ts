import { Random } from "../simulator/random.ts";
import type { Answer } from "./answer-reader.ts";
import { type Conversation, converse, type Heard, Lingerers, type Place } from "./conversation.ts";
import { AUTHORIZATION } from "./http-message.ts";
import { someConversation } from "./some-conversation.ts";
import { stringsBySax } from "./strict-xml.ts";
import type { Tally } from "./tally.ts";

export interface StormPlace {
  readonly place: Place;
  /** Whether it asks for the password that most requests carry. */
  readonly guarded: boolean;
}

export interface StormOptions {
  readonly places: readonly StormPlace[];
  readonly seed: number;
  readonly requests: number;
  /** Connections at a time. */
  readonly parallel: number;
}

/** Clients that say nothing more but stay, at a time. */
const MOST_LINGERERS = 50;

/**
 * Sends so many requests, after those of earlier storms that are in the tally already. A conversation is made of the seed and its own
 * number alone, so any of them can be held again by itself; only how they overlap is left to chance.
 */
export async function storm(options: StormOptions, tally: Tally): Promise<void> {
  const lingerers = new Lingerers(MOST_LINGERERS);
  const goal = tally.requests + options.requests;
  const client = async (): Promise<void> => {
    while (tally.requests < goal) await meet(options, tally, lingerers);
  };
  await Promise.all(Array.from({ length: options.parallel }, client));
  lingerers.leave();
}

/** Holds the next conversation. */
async function meet({ places, seed }: StormOptions, tally: Tally, lingerers: Lingerers): Promise<void> {
  const random = new Random(Math.imul(seed, SEED_STEP) + tally.conversations);
  const { place, guarded } = random.pick(places);
  const { kind, conversation } = someConversation(random);
  const number = tally.begin(kind, conversation.requests);
  const heard = await converse(place, conversation, lingerers);
  tally.end(heard.answers);
  const problem = findProblem(heard, conversation, guarded);
  if (problem !== null) tally.defects.push(`seed ${seed}, number ${number}, ${kind}: ${problem}\n${quote(conversation)}`);
}

/** Keeps the conversations of neighbouring seeds apart. */
const SEED_STEP = 0x9e3779b1;

/** The only answers of a guarded place to who does not know the password; all but 401 are given before the request is whole. */
const WITHOUT_PASSWORD: ReadonlySet<number> = new Set([400, 401, 408, 417, 431]);

function findProblem({ connected, answers, garbage }: Heard, conversation: Conversation, guarded: boolean): string | null {
  if (!connected) return "nobody listens";
  if (garbage !== null) return `the answer is no HTTP: ${JSON.stringify(garbage.toString("latin1", 0, 300))}`;
  const failed = answers.find(({ status }) => status >= 500);
  if (failed !== undefined) return `the status is ${failed.status}`;
  const told = answers.find(({ status }) => !WITHOUT_PASSWORD.has(status));
  if (guarded && told !== undefined && !knowsPassword(conversation)) return `status ${told.status} without a password`;
  return answers.map(xmlProblem).find((problem) => problem !== null) ?? null;
}

/** The password counts also with other characters between those of its code, which decoders leave out. */
function knowsPassword({ pieces }: Conversation): boolean {
  const code = Buffer.concat(pieces)
    .toString("latin1")
    .replace(/[^\w+/]/g, "");
  return code.includes(AUTHORIZATION.slice("Basic ".length).replaceAll("=", ""));
}

function xmlProblem({ contentType, body }: Answer): string | null {
  if (contentType !== "text/xml") return null;
  try {
    stringsBySax(body);
    return null;
  } catch (error) {
    return `the answer is no XML (${error instanceof Error ? error.message : error}): ${JSON.stringify(body.toString("latin1", 0, 300))}`;
  }
}

function quote({ pieces }: Conversation): string {
  return pieces.map((piece) => JSON.stringify(piece.toString("latin1", 0, 1000))).join("\n");
}
