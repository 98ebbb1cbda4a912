import { closeSync, constants, fstatSync, openSync, readSync, statSync } from "node:fs";
import type { Writable } from "node:stream";

/** What of the past a reader gets first. */
export type Past = { readonly bytes: number } | { readonly lines: number } | { readonly offset: number };

/** What supervisord sends. */
export const USUAL_PAST: Past = { bytes: 1024 };

/** How far back lines are looked for, in bytes. */
const MAX_LOOK_BACK = 64 * 1024 * 1024;

/** Bytes read at once; a reader that is slower than the writer costs no more memory than this and its socket's buffer. */
const CHUNK = 64 * 1024;

const TRUNCATED = "==> File truncated <==\n";

/**
 * Sends a log file as it grows to one reader: some of its past, then every addition. A file that takes its place is sent from its
 * start, after the rest of the old one. It reads when told that something changed and when the reader can take more, and never waits.
 */
export class LogTail {
  readonly modified: Date;
  readonly #path: string;
  #fd: number;
  #position: number;
  #sink: Writable | null = null;
  #follows = true;

  /** @throws the system's error, or when the path is no regular file: a device has no past and no end. */
  constructor(path: string, past: Past = USUAL_PAST) {
    this.#path = path;
    this.#fd = openLog(path);
    const { mtime, size } = fstatSync(this.#fd);
    this.modified = mtime;
    this.#position = startOf(past, this.#fd, size);
  }

  /** @param follows - false ends the stream where the file ends now. */
  start(sink: Writable, follows = true): void {
    this.#sink = sink;
    this.#follows = follows;
    sink.on("drain", () => this.advance());
    this.advance();
  }

  /** Sends what has come since, as far as the reader takes it. A file that can no longer be read ends the stream. */
  advance(): void {
    try {
      while (this.#sink?.writableNeedDrain === false && this.#step());
      if (!this.#follows && this.#sink?.writableNeedDrain === false) this.#finish();
    } catch {
      const sink = this.#sink;
      this.close();
      sink?.destroy();
    }
  }

  /** Everything is sent that was wanted: the connection may go on to another request. */
  #finish(): void {
    const sink = this.#sink;
    this.close();
    sink?.end();
  }

  close(): void {
    if (this.#fd < 0) return;
    this.#sink = null;
    closeSync(this.#fd);
    this.#fd = -1;
  }

  /** @returns whether there may be more at once. */
  #step(): boolean {
    const { size } = fstatSync(this.#fd);
    if (size > this.#position) return this.#send(size - this.#position);
    if (!this.#follows) return false;
    if (size < this.#position) return this.#restart();
    return this.#switchFile();
  }

  #send(available: number): boolean {
    const chunk = Buffer.allocUnsafe(Math.min(available, CHUNK));
    const length = readSync(this.#fd, chunk, 0, chunk.length, this.#position);
    this.#position += length;
    if (length > 0) this.#sink?.write(chunk.subarray(0, length));
    // Whatever comes next, be it a line or another file, is told of.
    return length === CHUNK;
  }

  #restart(): boolean {
    this.#position = 0;
    this.#sink?.write(TRUNCATED);
    return true;
  }

  /** Goes on with the file that has taken the name since, if one has. */
  #switchFile(): boolean {
    const named = statSync(this.#path, { throwIfNoEntry: false });
    const open = fstatSync(this.#fd);
    if (named === undefined || (named.ino === open.ino && named.dev === open.dev)) return false;
    const next = tryOpenLog(this.#path);
    if (next === null) return false;
    closeSync(this.#fd);
    this.#fd = next;
    this.#position = 0;
    return true;
  }
}

function startOf(past: Past, fd: number, size: number): number {
  if ("bytes" in past) return Math.max(size - past.bytes, 0);
  return "lines" in past ? startOfLines(fd, size, past.lines) : Math.min(past.offset, size);
}

/**
 * Where the last lines of a file begin; a last line without an end counts. No lines at all begin behind the last end of a line: what is
 * being written just now will be sent whole.
 */
function startOfLines(fd: number, size: number, lines: number): number {
  const chunk = Buffer.allocUnsafe(CHUNK);
  const limit = Math.max(0, size - MAX_LOOK_BACK);
  let wanted = lines;
  for (let end = size; end > limit; ) {
    const start = Math.max(limit, end - CHUNK);
    const length = readSync(fd, chunk, 0, end - start, start);
    for (let at = length - 1; at >= 0; at--) {
      if (chunk[at] !== 0x0a) continue;
      if (lines === 0) return start + at + 1;
      // The line feed at the very end ends the last line, it begins none.
      if (start + at === size - 1) continue;
      wanted -= 1;
      if (wanted <= 0) return start + at + 1;
    }
    // What has no lines is followed from where it ends.
    if (lines === 0) return size;
    end = start;
  }
  return limit;
}

/** `null` when the name has changed hands again since, or is now that of something else; then the next change decides. */
function tryOpenLog(path: string): number | null {
  try {
    return openLog(path);
  } catch {
    return null;
  }
}

/** Without O_NONBLOCK the opening of a FIFO would wait for a writer. */
function openLog(path: string): number {
  const fd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  if (fstatSync(fd).isFile()) return fd;
  closeSync(fd);
  throw new Error(`not a regular file: ${path}`);
}
