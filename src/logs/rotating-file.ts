import { closeSync, fstatSync, openSync, rmSync, writeSync } from "node:fs";
import { errorCode } from "../os/error-code.ts";
import { HeldBytes } from "./held-bytes.ts";
import type { LogSink, LogSinkEvents, RotationLimits } from "./log-sink.ts";
import { keepNewest, shiftBackups } from "./rotate.ts";

/** Read sizes of supervisord: a rotated file is larger than its limit by no more than one write of this size. */
const WRITE_BYTES = 128 * 1024;

/** How often a file that cannot be written is tried again. */
const RETRY_MS = 1000;

/** A full disk: the source waits, because everything can still be kept. Any other error is the log's own affair. */
const FULL: ReadonlySet<string> = new Set(["ENOSPC", "EDQUOT", "EAGAIN"]);

/** Where a log is. */
export interface LogFile {
  readonly path: string;
  /** Of a file that is made only when something is written: makes it, unless that was done before. @throws the system's error. */
  create?(): void;
}

/**
 * A log file that is appended to and rotated after the write that fills it.
 *
 * When the disk is full the source has to wait. When the file cannot be written for another reason (deleted folder, I/O error) the
 * source goes on, and a bounded rest is kept in memory until the file can be written again.
 * @see supervisor/loggers.py RotatingFileHandler
 */
export class RotatingFile implements LogSink {
  readonly #file: LogFile;
  readonly #limits: RotationLimits;
  readonly #mode: number;
  readonly #events: LogSinkEvents;
  readonly #held = new HeldBytes();
  /** `null` before the first writing, and while there is nothing to write to. */
  #fd: number | null = null;
  #size = 0;
  /** Why nothing can be written at present. */
  #outage: string | null = null;
  #rotationProblem: string | null = null;
  #sourceWaits = false;
  #retry: NodeJS.Timeout | null = null;

  /**
   * @param mode - of a file that is created, before the umask.
   * @throws the system's error when the file cannot be opened.
   */
  constructor(file: LogFile, limits: RotationLimits, mode: number, events: LogSinkEvents) {
    this.#file = file;
    this.#limits = limits;
    this.#mode = mode;
    this.#events = events;
    if (file.create === undefined) this.#open();
  }

  write(bytes: Buffer): boolean {
    this.#held.push(this.#outage === null ? this.#append(bytes) : bytes);
    this.#sourceWaits = this.#outage !== null && FULL.has(this.#outage);
    return !this.#sourceWaits;
  }

  reopen(): void {
    if (this.#fd === null && this.#outage === null) return;
    this.#openAnew();
  }

  clear(): string | null {
    const problem = attempt(() => rmSync(this.#file.path, { force: true }));
    if (problem !== null) {
      this.#events.report("warn", `cannot clear log file ${this.#file.path}: ${problem}`);
      return problem;
    }
    this.#held.take();
    this.#openAnew();
    return this.#outage;
  }

  /** What is still kept gets a last chance. */
  close(): void {
    if (this.#outage !== null) this.#recover();
    if (this.#retry !== null) clearTimeout(this.#retry);
    this.#retry = null;
    this.#closeFile();
    const lost = this.#held.take().length + this.#held.countLost();
    if (lost > 0) this.#events.report("warn", `log file ${this.#file.path} is closed; ${lost} bytes were lost`);
  }

  /** @returns what could not be written. */
  #append(bytes: Buffer): Buffer {
    let rest = bytes;
    while (rest.length > 0) {
      const written = this.#writeOnce(rest.subarray(0, this.#writeBytes()));
      if (written === null) return rest;
      rest = rest.subarray(written);
      if (this.#isFull()) this.#rotate();
    }
    return rest;
  }

  /** Large writes are cheap; but near the limit they must not carry the file far beyond it. */
  #writeBytes(): number {
    const { maxBytes } = this.#limits;
    return maxBytes === 0 ? Number.POSITIVE_INFINITY : Math.max(maxBytes - this.#size, WRITE_BYTES);
  }

  /** @returns the bytes written, or `null` when that failed. */
  #writeOnce(bytes: Buffer): number | null {
    try {
      const fd = this.#fd ?? this.#open();
      const written = writeSync(fd, bytes);
      this.#size += written;
      this.#events.times?.grew(this.#size, Date.now() / 1000);
      this.#events.growth?.tell(this.#file.path);
      return written;
    } catch (error) {
      this.#fail(errorCode(error));
      return null;
    }
  }

  #open(): number {
    this.#file.create?.();
    this.#fd = openSync(this.#file.path, "a", this.#mode);
    this.#size = fstatSync(this.#fd).size;
    this.#events.times?.opened(this.#size);
    return this.#fd;
  }

  /** Network file systems may tell of a failed write only now; there is nothing left to do about it. */
  #closeFile(): void {
    const fd = this.#fd;
    this.#fd = null;
    if (fd !== null) attempt(() => closeSync(fd));
  }

  /** Somebody else may have truncated the file, so the limit is checked against its real size. */
  #isFull(): boolean {
    const { maxBytes } = this.#limits;
    const fd = this.#fd;
    if (maxBytes === 0 || this.#size < maxBytes || fd === null) return false;
    attempt(() => {
      this.#size = fstatSync(fd).size;
    });
    return this.#size >= maxBytes;
  }

  /** A file that cannot be rotated grows on: better too long a log than none. */
  #rotate(): void {
    const { maxBytes, backups } = this.#limits;
    const problem = attempt(() => {
      if (backups === 0) this.#size = keepNewest(this.#file.path, maxBytes);
      else shiftBackups(this.#file.path, backups);
    });
    if (problem !== null && problem !== this.#rotationProblem) {
      this.#events.report("warn", `cannot rotate log file ${this.#file.path}: ${problem}`);
    }
    this.#rotationProblem = problem;
    if (problem === null && backups > 0) this.#startNewFile();
  }

  #startNewFile(): void {
    this.#closeFile();
    const problem = attempt(() => this.#open());
    if (problem !== null) this.#fail(problem);
  }

  #fail(problem: string): void {
    // A full disk is no reason to open the file again; after any other error the descriptor may be of no use.
    if (!FULL.has(problem)) this.#closeFile();
    if (this.#outage !== problem) this.#events.report("warn", `cannot write log file ${this.#file.path}: ${problem}`);
    this.#outage = problem;
    this.#retry ??= setTimeout(() => this.#tryAgain(), RETRY_MS).unref();
  }

  #tryAgain(): void {
    this.#retry = null;
    this.#recover();
  }

  #openAnew(): void {
    this.#closeFile();
    this.#recover();
  }

  /** Opens the file if need be and writes what was kept. A failure is no news during an outage. */
  #recover(): void {
    const problem = attempt(() => this.#fd ?? this.#open());
    if (problem !== null) {
      this.#fail(problem);
      return;
    }
    this.#held.push(this.#append(this.#held.take()));
    if (this.#held.isEmpty) this.#endOutage();
  }

  #endOutage(): void {
    if (this.#outage === null) return;
    this.#outage = null;
    const lost = this.#held.countLost();
    const loss = lost === 0 ? "" : `; ${lost} bytes were lost`;
    this.#events.report("info", `log file ${this.#file.path} is written again${loss}`);
    if (!this.#sourceWaits) return;
    this.#sourceWaits = false;
    this.#events.onReady();
  }
}

/** @returns the error's name, or `null`. */
function attempt(action: () => void): string | null {
  try {
    action();
    return null;
  } catch (error) {
    return errorCode(error);
  }
}
