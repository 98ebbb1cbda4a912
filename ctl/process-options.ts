import { PROCESS_STATE_CODES } from "../src/model/process-state.ts";
import type { Arguments } from "./line/arguments.ts";
import type { CommandOption } from "./line/command.ts";
import type { ProcessFacts } from "./remote/answers.ts";
import { selectProcesses } from "./select-processes.ts";

/** Which processes are meant, and in which order. */
export interface ProcessOptions {
  /** As `selectProcesses` takes them. */
  readonly names: readonly string[];
  /** `null` for any. */
  readonly states: readonly string[] | null;
  readonly sort: SortKey | null;
}

type SortKey = keyof typeof SORT_KEYS;

/** What the largest comes first of, but for names and states. */
const SORT_KEYS = {
  name: null,
  state: null,
  uptime: ({ pid, now, start }: ProcessFacts) => (pid === 0 ? -1 : now - start),
  restarts: ({ restarts }: ProcessFacts) => restarts ?? 0,
  cpu: ({ cpu_seconds: seconds }: ProcessFacts) => seconds ?? 0,
  memory: ({ memory_kib: kib }: ProcessFacts) => kib ?? 0,
} as const;

const STATES = Object.keys(PROCESS_STATE_CODES);

export const PROCESS_OPTIONS: readonly CommandOption[] = [
  {
    name: "state",
    placeholder: "STATE[,STATE]",
    values: STATES.map((state) => state.toLowerCase()),
    text: "only processes in one of these states",
  },
  { name: "sort", placeholder: "KEY", values: Object.keys(SORT_KEYS), text: `sort by ${Object.keys(SORT_KEYS).join(", ")}` },
];

export function processOptions({
  words,
  values,
}: Arguments): { ok: true; value: ProcessOptions } | { ok: false; problem: string } {
  const states = values.get("state")?.toUpperCase().split(",") ?? null;
  const unknown = states?.find((state) => !STATES.includes(state));
  if (unknown !== undefined) return { ok: false, problem: `no such state: ${unknown}; there are ${STATES.join(", ")}` };
  const sort = values.get("sort") ?? null;
  if (sort !== null && !isSortKey(sort))
    return { ok: false, problem: `cannot sort by ${sort}, only by ${Object.keys(SORT_KEYS).join(", ")}` };
  return { ok: true, value: { names: words, states, sort } };
}

/** The processes that are meant, in order, and the names that mean none. */
export function narrow(all: readonly ProcessFacts[], { names, states, sort }: ProcessOptions) {
  const { shown, unknown } = selectProcesses(names, all);
  const matching = shown.filter(({ statename }) => states === null || states.includes(statename));
  return { shown: sort === null ? matching : matching.toSorted(comparison(sort)), unknown };
}

function comparison(key: SortKey): (a: ProcessFacts, b: ProcessFacts) => number {
  const amount = SORT_KEYS[key];
  if (amount !== null) return (a, b) => amount(b) - amount(a);
  const text = ({ group, name, statename }: ProcessFacts) =>
    key === "state" ? `${statename} ${group}:${name}` : `${group}:${name}`;
  return (a, b) => (text(a) < text(b) ? -1 : 1);
}

function isSortKey(word: string): word is SortKey {
  return Object.hasOwn(SORT_KEYS, word);
}
