import type { ProcessFacts } from "../remote/answers.ts";
import { followEvents } from "../remote/live-events.ts";
import type { Reply } from "../remote/reply.ts";
import { selectProcesses } from "../select-processes.ts";
import type { Session } from "../session.ts";

export interface WaitOptions {
  readonly names: readonly string[];
  readonly state: string;
  /** Milliseconds. */
  readonly timeout: number;
  readonly interrupted: AbortSignal;
}

export interface WaitOutcome {
  readonly kind: "reached" | "unknown" | "failed" | "timed-out" | "interrupted";
  readonly processes: readonly ProcessFacts[];
  readonly unknown: readonly string[];
}

/** Between two looks at a daemon that does not tell of changes; milliseconds. */
const LOOK_MS = 500;

/** Waits until every process that the names mean is in a state: the daemon tells of each change, and is asked again then. */
export async function waitForState(options: WaitOptions, session: Session): Promise<Reply<WaitOutcome>> {
  const { timeout, interrupted } = options;
  const stop = new AbortController();
  const deadline = setTimeout(() => stop.abort(), timeout);
  const signal = AbortSignal.any([stop.signal, interrupted]);
  const change = new Change(signal);
  const tells = followEvents(session.server.access, ["PROCESS_STATE", "PROCESS_GROUP"], signal, () => change.happened());
  // A daemon that tells nothing is looked at again and again, until nobody waits any more.
  void tells.then(() => {
    if (!signal.aborted) change.lookEvery(LOOK_MS);
  });
  try {
    for (;;) {
      const moment = await look(options, session);
      if (!moment.ok) return moment;
      const { kind, ...seen } = moment.value;
      if (kind !== "undecided") return { ok: true, value: { ...seen, kind } };
      if (signal.aborted) return { ok: true, value: { ...seen, kind: interrupted.aborted ? "interrupted" : "timed-out" } };
      await change.next();
    }
  } finally {
    clearTimeout(deadline);
    stop.abort();
    change.stop();
  }
}

/** What can be said of the processes at one moment. */
type Verdict = "reached" | "unknown" | "failed" | "undecided";

type Moment = Omit<WaitOutcome, "kind"> & { readonly kind: Verdict };

async function look({ names, state }: WaitOptions, session: Session): Promise<Reply<Moment>> {
  const reply = await (await session.supervisor()).getAllProcessFacts();
  if (!reply.ok) return reply;
  const { shown, unknown } = selectProcesses(names, reply.value);
  return { ok: true, value: { kind: judge(shown, unknown, state), processes: shown, unknown } };
}

function judge(processes: readonly ProcessFacts[], unknown: readonly string[], state: string): Verdict {
  if (unknown.length > 0) return "unknown";
  if (processes.every(({ statename }) => statename === state)) return "reached";
  return state === "RUNNING" && processes.some(({ statename }) => statename === "FATAL") ? "failed" : "undecided";
}

/** Tells that something has changed since it was last waited for, or that there is no more time. */
class Change {
  #isDue = false;
  #wake: () => void = () => {};
  #timer: NodeJS.Timeout | null = null;

  constructor(end: AbortSignal) {
    end.addEventListener("abort", () => this.happened(), { once: true });
  }

  happened(): void {
    this.#isDue = true;
    this.#wake();
  }

  lookEvery(period: number): void {
    this.#timer ??= setInterval(() => this.happened(), period);
  }

  stop(): void {
    if (this.#timer !== null) clearInterval(this.#timer);
  }

  async next(): Promise<void> {
    if (!this.#isDue) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    this.#isDue = false;
  }
}
