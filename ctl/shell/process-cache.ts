import { followEvents, type LiveEvent } from "../remote/live-events.ts";
import type { Session } from "../session.ts";

/** A process, as far as completion needs to know it. */
export interface KnownProcess {
  readonly group: string;
  readonly name: string;
  readonly state: string;
}

/** Between two attempts to hear from a daemon that went away, and between two looks at one that tells nothing by itself; milliseconds. */
const RETRY_MS = 2000;
const REFRESH_MS = 1000;

/** From a change to when it is told, so that a thousand of them are told once; milliseconds. */
const GATHER_MS = 50;

const TYPES = ["PROCESS_STATE", "PROCESS_GROUP"];

/**
 * The processes of the daemon, there at once whenever a key is pressed. They are loaded once, and then the daemon tells what changes;
 * from supervisord, which tells nothing, they are loaded anew while somebody types.
 */
export class ProcessCache {
  readonly #session: Session;
  readonly #onEvent: (event: LiveEvent) => void;
  readonly #onChange: () => void;
  #processes = new Map<string, KnownProcess>();
  #stop: AbortController | null = null;
  #retry: NodeJS.Timeout | null = null;
  #telling: NodeJS.Timeout | null = null;
  #tells = true;
  #isLoading = false;
  /** What was heard since the present loading began. */
  readonly #heard = new Map<string, KnownProcess>();
  /** Something has changed since the present loading began. */
  #isStale = false;
  #loadedAt = 0;

  /**
   * @param onEvent - hears every event that the daemon tells of.
   * @param onChange - hears that the processes, or the states of some, are others than before.
   */
  constructor(session: Session, onEvent: (event: LiveEvent) => void, onChange: () => void) {
    this.#session = session;
    this.#onEvent = onEvent;
    this.#onChange = onChange;
  }

  get processes(): readonly KnownProcess[] {
    return [...this.#processes.values()];
  }

  /** Begins to listen to the daemon that the session speaks to now. @returns when the processes are known, or cannot be. */
  async start(): Promise<void> {
    this.stop();
    this.#tells = true;
    void this.#follow();
    await this.#load();
  }

  stop(): void {
    this.#stop?.abort();
    this.#stop = null;
    if (this.#retry !== null) clearTimeout(this.#retry);
    this.#retry = null;
    if (this.#telling !== null) clearTimeout(this.#telling);
    this.#telling = null;
  }

  /** Somebody types: what is known should be fresh soon. */
  refresh(): void {
    if (!this.#tells && Date.now() - this.#loadedAt > REFRESH_MS) void this.#load();
  }

  async #follow(): Promise<void> {
    const stop = new AbortController();
    this.#stop = stop;
    const ended = await followEvents(this.#session.server.access, TYPES, stop.signal, (event) => this.#hear(event));
    if (stop.signal.aborted) return;
    this.#tells = !(ended.ok && !ended.value);
    await this.#load();
    if (!this.#tells || stop.signal.aborted) return;
    this.#retry = setTimeout(() => void this.#follow(), RETRY_MS);
    this.#retry.unref();
  }

  #hear(event: LiveEvent): void {
    const { group, name, state } = event.data;
    if (typeof group === "string" && typeof name === "string" && typeof state === "string") {
      this.#set(new Map([[`${group}:${name}`, { group, name, state }]]));
    } else void this.#load();
    this.#onEvent(event);
  }

  /** Takes in what was heard of processes that are known; what is heard while the list is on its way counts once it is here. */
  #set(heard: ReadonlyMap<string, KnownProcess>): void {
    for (const [key, process] of heard) {
      if (this.#isLoading) this.#heard.set(key, process);
      if (this.#processes.has(key)) this.#processes.set(key, process);
    }
    this.#telling ??= setTimeout(() => {
      this.#telling = null;
      this.#onChange();
    }, GATHER_MS).unref();
  }

  /** Loads the list, and once more when it has changed meanwhile, however often. */
  async #load(): Promise<void> {
    this.#isStale = true;
    if (this.#isLoading) return;
    this.#isLoading = true;
    while (this.#isStale) {
      this.#isStale = false;
      await this.#loadNow();
    }
    this.#isLoading = false;
  }

  async #loadNow(): Promise<void> {
    this.#loadedAt = Date.now();
    this.#heard.clear();
    const reply = await (await this.#session.supervisor()).getAllProcessInfo();
    if (!reply.ok) return;
    this.#processes = new Map(
      reply.value.map(({ group, name, statename }) => [`${group}:${name}`, { group, name, state: statename }] as const),
    );
    this.#set(this.#heard);
  }
}
