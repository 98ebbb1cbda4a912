import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { fail, type Result, succeed } from "../model/fault.ts";

/** No answer carries more: it goes over the wire as one string, through the memory of both sides. Offsets have no limit. */
const LONGEST_WINDOW_BYTES = 64 * 1024 * 1024;

/**
 * A part of a log: `length` bytes from `offset`, where a length of 0 means all that follows; a negative offset with length 0 gives
 * the last bytes.
 * @returns BAD_ARGUMENTS for other negative numbers; FAILED when the file cannot be read.
 * @see supervisor/options.py readFile()
 */
export function readWindow(path: string, offset: number, length: number): Result<Buffer> {
  try {
    return withFile(path, (fd, size) => {
      if (length < 0 || (offset < 0 && length !== 0)) return fail("BAD_ARGUMENTS");
      const start = offset < 0 ? Math.max(size + offset, 0) : offset;
      return succeed(readBytes(fd, start, Math.min(length === 0 ? size - start : length, size - start)));
    });
  } catch {
    return fail("FAILED");
  }
}

/** The end of a log. */
export interface Tail {
  readonly bytes: Buffer;
  /** Where to ask next. */
  readonly offset: number;
  /** There was more than was asked for. */
  readonly overflow: boolean;
}

/**
 * The last `length` bytes of a log, whatever the offset; the offset only decides about `overflow`. A file that cannot be read is
 * an empty tail.
 * @see supervisor/options.py tailFile(): the steps keep its order.
 */
export function tailWindow(path: string, offset: number, length: number): Tail {
  try {
    return withFile(path, (fd, size) => {
      const overflow = size > offset + length;
      const { start, count } = tailRange(size, overflow ? size - 1 : offset, Math.min(length, LONGEST_WINDOW_BYTES));
      return { bytes: readBytes(fd, start, count), offset: size, overflow };
    });
  } catch {
    return { bytes: Buffer.alloc(0), offset, overflow: false };
  }
}

function tailRange(size: number, offset: number, length: number): { readonly start: number; readonly count: number } {
  if (offset + length <= size) return { start: Math.max(offset, 0), count: Math.max(length, 0) };
  const count = offset > size - 1 ? 0 : Math.min(length, size);
  return { start: size - count, count };
}

function withFile<Value>(path: string, use: (fd: number, size: number) => Value): Value {
  const fd = openSync(path, "r");
  try {
    return use(fd, fstatSync(fd).size);
  } finally {
    closeSync(fd);
  }
}

function readBytes(fd: number, start: number, count: number): Buffer {
  const bytes = Buffer.allocUnsafe(Math.min(Math.max(count, 0), LONGEST_WINDOW_BYTES));
  let filled = 0;
  while (filled < bytes.length) {
    const read = readSync(fd, bytes, filled, bytes.length - filled, start + filled);
    if (read === 0) break;
    filled += read;
  }
  return bytes.subarray(0, filled);
}
