import { fail, type Result, succeed } from "../model/fault.ts";
import { type ProcessId, processId } from "../model/namespec.ts";
import type { ProcessState } from "../model/process-state.ts";
import { isStopped } from "../model/process-state.ts";
import type { GroupUpdate, ProcessOutcome } from "../model/request.ts";
import type { Effect, RequestId } from "./effect.ts";
import type { Process } from "./process.ts";

/** What a request waits for: a child that exists, a start that succeeded, a process at rest, or a successor that took over. */
export type Awaited = "spawned" | "running" | "stopped" | "succeeded";

interface Pending {
  readonly awaited: Awaited;
  readonly waiting: Set<ProcessId>;
  readonly outcomes: ProcessOutcome[];
  /** The order of the outcomes in the answer; empty for that in which they became known. */
  readonly order: readonly ProcessId[];
  readonly updates: readonly GroupUpdate[];
}

/** Requests that are not answered yet. Each is settled exactly once, by what happens to its processes. */
export class PendingRequests {
  readonly #requests = new Map<RequestId, Pending>();
  readonly #watchers = new Map<ProcessId, Set<RequestId>>();

  get size(): number {
    return this.#requests.size;
  }

  /** Opens a start or stop; without anything to wait for it is settled at once. */
  open(
    request: RequestId,
    awaited: Awaited,
    waiting: readonly ProcessId[],
    outcomes: readonly ProcessOutcome[],
    order: readonly ProcessId[] = [],
  ): readonly Effect[] {
    return this.#add(request, { awaited, waiting: new Set(waiting), outcomes: [...outcomes], order, updates: [] });
  }

  openUpdate(request: RequestId, waiting: readonly ProcessId[], updates: readonly GroupUpdate[]): readonly Effect[] {
    return this.#add(request, { awaited: "succeeded", waiting: new Set(waiting), outcomes: [], order: [], updates });
  }

  /** Processes that this request still waits for. */
  waitingFor(request: RequestId): readonly ProcessId[] {
    return [...(this.#requests.get(request)?.waiting ?? [])];
  }

  /** A process entered `state` within the step whose result is `process`. */
  entered(process: Process, state: ProcessState): readonly Effect[] {
    return this.#judge(process, (awaited) => judgeState(awaited, state, process));
  }

  /** The child of a starting process exists. */
  spawned(process: Process): readonly Effect[] {
    return this.#judge(process, (awaited) => (awaited === "spawned" ? succeed(true) : null));
  }

  /** The successor of a process took over, or there is none. */
  succeeded(process: Process): readonly Effect[] {
    return this.#judge(process, (awaited) => (awaited === "succeeded" ? succeed(true) : null));
  }

  #add(request: RequestId, pending: Pending): readonly Effect[] {
    if (this.#requests.has(request)) throw new Error(`request ${request} is open already`);
    this.#requests.set(request, pending);
    for (const id of pending.waiting) this.#watchersOf(id).add(request);
    return this.#settleWhenDone(request, pending);
  }

  #judge(process: Process, verdict: (awaited: Awaited) => Result<true> | null): readonly Effect[] {
    const effects: Effect[] = [];
    for (const request of this.#watchers.get(process.id) ?? []) {
      const pending = this.#requests.get(request);
      const result = pending === undefined ? null : verdict(pending.awaited);
      if (pending === undefined || result === null) continue;
      pending.waiting.delete(process.id);
      this.#unwatch(process.id, request);
      pending.outcomes.push({ group: process.config.group, process: process.config.name, result });
      effects.push(...this.#settleWhenDone(request, pending));
    }
    return effects;
  }

  #settleWhenDone(request: RequestId, pending: Pending): readonly Effect[] {
    if (pending.waiting.size > 0) return [];
    this.#requests.delete(request);
    const answer =
      pending.awaited === "succeeded"
        ? ({ kind: "updated", groups: pending.updates } as const)
        : ({ kind: "outcomes", outcomes: inOrder(pending) } as const);
    return [{ kind: "settle", request, answer }];
  }

  #watchersOf(id: ProcessId): Set<RequestId> {
    const watchers = this.#watchers.get(id) ?? new Set();
    this.#watchers.set(id, watchers);
    return watchers;
  }

  #unwatch(id: ProcessId, request: RequestId): void {
    const watchers = this.#watchers.get(id);
    watchers?.delete(request);
    if (watchers?.size === 0) this.#watchers.delete(id);
  }
}

function inOrder({ outcomes, order }: Pending): readonly ProcessOutcome[] {
  if (order.length === 0) return outcomes;
  const rank = new Map(order.map((id, index) => [id, index]));
  const rankOf = ({ group, process }: ProcessOutcome) => rank.get(processId(group, process)) ?? order.length;
  return outcomes.toSorted((one, other) => rankOf(one) - rankOf(other));
}

/** `null` while the request has to wait on. */
function judgeState(awaited: Awaited, state: ProcessState, process: Process): Result<true> | null {
  switch (awaited) {
    case "spawned":
    case "running":
      return judgeStart(state);
    case "stopped":
      if (state === "UNKNOWN") return fail("FAILED", process.spawnError);
      return isStopped(state) ? succeed(true) : null;
    case "succeeded":
      // Its child may outlive us all: the successor still waits for it, the request does not.
      return state === "UNKNOWN" ? succeed(true) : null;
  }
}

/** A start that failed its first try is answered, though retries go on. @see supervisor/rpcinterface.py startProcess() */
function judgeStart(state: ProcessState): Result<true> | null {
  if (state === "STARTING") return null;
  if (state === "RUNNING") return succeed(true);
  return state === "BACKOFF" ? fail("SPAWN_ERROR") : fail("ABNORMAL_TERMINATION");
}
