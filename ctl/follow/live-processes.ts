import { formatNamespec } from "../../src/model/namespec.ts";
import type { ProcessFacts } from "../remote/answers.ts";
import { followEvents } from "../remote/live-events.ts";
import type { Reply } from "../remote/reply.ts";
import type { Session } from "../session.ts";

/** What processes use is measured this often while somebody looks; milliseconds. */
const MEASURE_MS = 2000;

/** Changes that come together are shown together; milliseconds. */
const SETTLE_MS = 100;

/** The processes at one moment. */
export interface ProcessMoment {
  readonly processes: readonly ProcessFacts[];
  /** The share of one processor that each has used since the moment before, by namespec. */
  readonly load: ReadonlyMap<string, number>;
}

/** Shows the processes as they change, for as long as somebody looks. The daemon tells of changes; what they use has to be asked for. */
export class LiveProcesses {
  readonly #session: Session;
  readonly #show: (moment: Reply<ProcessMoment>) => void;
  readonly #stop = new AbortController();
  #timer: NodeJS.Timeout | null = null;
  /** When the timer rings, on the clock of `performance.now()`. */
  #dueAt = Number.POSITIVE_INFINITY;
  #isAsking = false;
  #last: readonly ProcessFacts[] = [];

  constructor(session: Session, show: (moment: Reply<ProcessMoment>) => void) {
    this.#session = session;
    this.#show = show;
  }

  start(): void {
    void followEvents(this.#session.server.access, ["PROCESS_STATE", "PROCESS_GROUP"], this.#stop.signal, () =>
      this.#soon(SETTLE_MS),
    );
    void this.#ask();
  }

  stop(): void {
    this.#stop.abort();
    if (this.#timer !== null) clearTimeout(this.#timer);
  }

  #soon(delay: number): void {
    const dueAt = performance.now() + delay;
    // Changes that never cease must not put the next look off for ever.
    if (this.#stop.signal.aborted || this.#dueAt <= dueAt) return;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#dueAt = dueAt;
    this.#timer = setTimeout(() => {
      this.#dueAt = Number.POSITIVE_INFINITY;
      void this.#ask();
    }, delay);
  }

  async #ask(): Promise<void> {
    if (this.#isAsking) {
      this.#soon(SETTLE_MS);
      return;
    }
    this.#isAsking = true;
    const reply = await (await this.#session.supervisor()).getProcesses();
    this.#isAsking = false;
    if (this.#stop.signal.aborted) return;
    if (reply.ok) {
      const load = loadSince(this.#last, reply.value);
      this.#last = reply.value;
      this.#show({ ok: true, value: { processes: reply.value, load } });
    } else this.#show(reply);
    this.#soon(MEASURE_MS);
  }
}

function loadSince(before: readonly ProcessFacts[], after: readonly ProcessFacts[]): ReadonlyMap<string, number> {
  const earlier = new Map(before.map((process) => [formatNamespec(process.group, process.name), process]));
  const load = new Map<string, number>();
  for (const process of after) {
    const name = formatNamespec(process.group, process.name);
    const last = earlier.get(name);
    if (last === undefined || last.pid !== process.pid || last.cpu_seconds === null || process.cpu_seconds === null) continue;
    const elapsed = process.now - last.now;
    if (elapsed > 0.5) load.set(name, Math.max(0, process.cpu_seconds - last.cpu_seconds) / elapsed);
  }
  return load;
}
