import { closeSync, fstatSync, writeSync } from "node:fs";
import { Socket } from "node:net";
import { errorCode } from "./error-code.ts";

export type WriteOutcome =
  | { readonly kind: "written" }
  /** Kept in memory until the reader takes it; the caller should offer no more before `whenIdle` calls. */
  | { readonly kind: "queued" }
  /** Nothing of the rest will be written. */
  | { readonly kind: "failed"; readonly error: string };

const WRITTEN: WriteOutcome = { kind: "written" };
const QUEUED: WriteOutcome = { kind: "queued" };

/**
 * Writes to a non-blocking descriptor of any kind, at once where possible. What the other side does not take now is queued, in
 * order; how much may wait is the caller's decision.
 */
export class DescriptorWriter {
  readonly #fd: number;
  #queuedBytes = 0;
  /** Set once a queued write has failed: the descriptor is closed then, and its number may be somebody else's. */
  #broken: string | null = null;
  #backlog: Backlog | null = null;
  #idleListeners: (() => void)[] = [];

  constructor(fd: number) {
    this.#fd = fd;
  }

  get queuedBytes(): number {
    return this.#queuedBytes;
  }

  /** The bytes may be reused by the caller afterwards. */
  write(bytes: Uint8Array): WriteOutcome {
    if (this.#broken !== null) return { kind: "failed", error: this.#broken };
    if (this.#queuedBytes > 0) return this.#enqueue(bytes);
    for (let offset = 0; offset < bytes.length; ) {
      try {
        offset += writeSync(this.#fd, bytes, offset);
      } catch (error) {
        const code = errorCode(error);
        return code === "EAGAIN" ? this.#enqueue(bytes.subarray(offset)) : { kind: "failed", error: code };
      }
    }
    return WRITTEN;
  }

  /** Calls once, as soon as nothing is queued any more, be it written or lost to a failure. */
  whenIdle(listener: () => void): void {
    this.#idleListeners.push(listener);
  }

  /** Closes the descriptor; what is queued is lost, which `whenIdle` listeners are told as ever. */
  close(): void {
    if (this.#backlog === null) closeSync(this.#fd);
    else this.#backlog.close();
  }

  #enqueue(bytes: Uint8Array): WriteOutcome {
    this.#queuedBytes += bytes.length;
    this.#backlog ??= openBacklog(this.#fd);
    const { length } = bytes;
    this.#backlog.push(Buffer.from(bytes), (error) => this.#settle(length, error));
    return QUEUED;
  }

  #settle(bytes: number, error: string | null): void {
    this.#broken ??= error;
    this.#queuedBytes -= bytes;
    if (this.#queuedBytes > 0) return;
    const listeners = this.#idleListeners;
    this.#idleListeners = [];
    for (const listener of listeners) listener();
  }
}

/** Writes what had to wait. `done` is called for every piece, in order; an error says that the descriptor is of no use any more. */
interface Backlog {
  push(bytes: Buffer, done: (error: string | null) => void): void;
  /** Gives up what waits and closes the descriptor. */
  close(): void;
}

function openBacklog(fd: number): Backlog {
  const stats = fstatSync(fd);
  return stats.isFIFO() || stats.isSocket() ? new SocketBacklog(fd) : new PollingBacklog(fd);
}

/** For pipes and sockets: the event loop knows when there is room. */
class SocketBacklog implements Backlog {
  readonly #socket: Socket;

  constructor(fd: number) {
    // The error is told to the callback of each `write`; without a listener it would end the daemon.
    this.#socket = new Socket({ fd, readable: false, writable: true }).on("error", () => {});
  }

  push(bytes: Buffer, done: (error: string | null) => void): void {
    this.#socket.write(bytes, (error) => done(error ? errorCode(error) : null));
  }

  close(): void {
    this.#socket.destroy();
  }
}

/** How often a stopped terminal (the only other thing that answers EAGAIN) is asked whether it goes on. */
const POLL_MS = 50;

class PollingBacklog implements Backlog {
  readonly #fd: number;
  readonly #queue: { readonly bytes: Buffer; readonly done: (error: null) => void }[] = [];
  #offset = 0;
  #timer: NodeJS.Timeout | null = null;

  constructor(fd: number) {
    this.#fd = fd;
  }

  push(bytes: Buffer, done: (error: null) => void): void {
    this.#queue.push({ bytes, done });
    this.#timer ??= setTimeout(this.#flush, POLL_MS);
  }

  close(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    closeSync(this.#fd);
    for (const { done } of this.#queue.splice(0)) done(null);
  }

  readonly #flush = (): void => {
    this.#timer = null;
    for (let head = this.#queue[0]; head !== undefined; head = this.#queue[0]) {
      if (!this.#finish(head.bytes)) {
        this.#timer = setTimeout(this.#flush, POLL_MS);
        return;
      }
      this.#offset = 0;
      this.#queue.shift();
      head.done(null);
    }
  };

  /** @returns whether nothing is left to do for these bytes. */
  #finish(bytes: Buffer): boolean {
    try {
      while (this.#offset < bytes.length) this.#offset += writeSync(this.#fd, bytes, this.#offset);
      return true;
    } catch (error) {
      return errorCode(error) !== "EAGAIN";
    }
  }
}
