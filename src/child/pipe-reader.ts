import { closeSync, readSync } from "node:fs";
import { type ConnectOpts, Socket, type SocketConstructorOpts } from "node:net";
import { ReadStream } from "node:tty";
import { errorCode } from "../os/error-code.ts";
import { enlargePipe, PIPE_BYTES } from "../os/fifo.ts";
import { duplicate } from "../os/pseudo-terminal.ts";
import { REST_MS, ReadingPace } from "./reading-pace.ts";

export interface PipeReaderEvents {
  /** The bytes are valid during the call only. @returns false to be left alone until `resume`. */
  onData(bytes: Buffer): boolean;
  /** The last writer has closed the pipe; the reader is closed. */
  onEnd(): void;
}

/**
 * Where all pipes are read into, one after the other: what is read is used up before the next reading. It is small enough to stay in the
 * processor's cache on its way from the pipe to the file: 1,950 MB/s, where a buffer of 1 MiB let 1,300 MB/s through.
 */
const BUFFER = Buffer.allocUnsafeSlow(64 * 1024);

/** Reads the daemon's end of one output pipe, or of one terminal, as fast as its sink takes it. */
export class PipeReader {
  readonly #fd: number;
  /** What the event loop looks at. */
  readonly #watchedFd: number;
  readonly #kind: "pipe" | "terminal";
  readonly #events: PipeReaderEvents;
  /** `null` before the start. */
  #socket: Socket | null = null;
  #paused = false;
  /** Nothing new will come. */
  #isLast = false;
  #closed = false;
  /** The pipe has its full room. Making that takes time and memory, and many a pipe is never written to. */
  #isLarge: boolean;
  readonly #pace = new ReadingPace();
  /** Bytes that were there at this waking, so far. */
  #there = 0;
  #rest: NodeJS.Timeout | null = null;

  /** @param fd - a non-blocking descriptor, which is the reader's from now on. */
  constructor(fd: number, kind: "pipe" | "terminal", events: PipeReaderEvents) {
    // The event loop tells of a terminal's end before all is read, and closes its own descriptor then.
    this.#fd = kind === "pipe" ? fd : duplicate(fd);
    this.#watchedFd = fd;
    this.#kind = kind;
    this.#events = events;
    this.#isLarge = kind === "terminal";
  }

  /** Reads from now on; it makes no difference when that is so already. A writer must have the other end open. */
  start(): void {
    if (this.#socket !== null || this.#closed) return;
    // The type of the constructor's options lacks `onread`, which it takes as `connect` does.
    const options: SocketConstructorOpts & ConnectOpts = {
      fd: this.#watchedFd,
      readable: true,
      writable: false,
      onread: { buffer: BUFFER, callback: (count) => this.#take(count) && !this.#startsRest(count) },
    };
    this.#socket = this.#kind === "pipe" ? new Socket(options) : new ReadStream(this.#watchedFd, options);
    this.#socket.on("end", () => this.#finish());
    // No error would let the reading go on; to a terminal that its last program has left, reading is an error.
    this.#socket.on("error", () => this.#finish());
    if (this.#kind === "terminal") this.#socket.resume();
  }

  resume(): void {
    if (!this.#paused || this.#closed) return;
    this.#paused = false;
    if (this.#isLast) this.#finish();
    else if (this.#rest === null) this.#socket?.resume();
  }

  /**
   * Reads at once what the pipe holds, at most its capacity: whoever still writes must not keep the daemon busy. While the sink is
   * not ready everything stays in the pipe.
   * @returns whether all is read that was written before.
   */
  drain(): boolean {
    for (let drained = 0; drained < PIPE_BYTES && !this.#paused && !this.#closed; ) {
      const count = this.#readOnce();
      if (count === null) return true;
      if (count === 0) this.#end();
      else if (!this.#take(count)) this.#socket?.pause();
      drained += count;
    }
    return !this.#paused;
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    if (this.#rest !== null) clearTimeout(this.#rest);
    if (this.#socket === null) closeSync(this.#watchedFd);
    else this.#socket.destroy();
    if (this.#kind === "terminal") closeSync(this.#fd);
  }

  #take(count: number): boolean {
    // Before anybody is told, who might close the reader.
    if (!this.#isLarge) {
      this.#isLarge = true;
      enlargePipe(this.#fd);
    }
    const ready = this.#events.onData(BUFFER.subarray(0, count));
    this.#paused = !ready;
    return ready;
  }

  /** @returns whether the pipe is left alone for a moment now. */
  #startsRest(count: number): boolean {
    if (this.#kind === "terminal") return false;
    this.#there += count;
    // There is more, and it is read at once.
    if (count === BUFFER.length) return false;
    const isWorthIt = this.#pace.isWorthResting(this.#there);
    this.#there = 0;
    if (isWorthIt) this.#rest = setTimeout(() => this.#endRest(), REST_MS);
    return isWorthIt;
  }

  #endRest(): void {
    this.#rest = null;
    if (!this.#paused) this.#socket?.resume();
  }

  /** Reads what is left of a terminal's text, as soon as the sink takes it. */
  #finish(): void {
    this.#isLast = true;
    if (this.#kind === "pipe" || this.drain()) this.#end();
  }

  #end(): void {
    if (this.#closed) return;
    this.close();
    this.#events.onEnd();
  }

  /** @returns `null` when there is nothing at present. */
  #readOnce(): number | null {
    try {
      return readSync(this.#fd, BUFFER);
    } catch (error) {
      return errorCode(error) === "EAGAIN" ? null : 0;
    }
  }
}
