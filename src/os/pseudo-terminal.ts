import { closeSync, constants, fchownSync, openSync } from "node:fs";
import type { TerminalSize } from "../model/terminal.ts";
import { systemError } from "./error-code.ts";
import { libc } from "./libc.ts";

/** A terminal that a program runs on, seen from the side where somebody looks at it and types. */
export interface PseudoTerminal {
  /** This side, non-blocking; the caller's. */
  readonly master: number;
  /** The program's side, held open so that the terminal does not look abandoned before the program is there; the caller's. */
  readonly slave: number;
  /** The path of the program's side. */
  readonly path: string;
}

/**
 * Opens a terminal of its own for a program.
 * @param owner - who may open the program's side by its path, as /dev/tty is not open to all; `null` for the daemon's user.
 * @throws the system's error.
 */
export function openPseudoTerminal(owner: number | null, size: TerminalSize): PseudoTerminal {
  const master = libc.posixOpenPt(constants.O_RDWR | constants.O_NOCTTY | constants.O_NONBLOCK | O_CLOEXEC);
  if (master < 0) throw systemError("posix_openpt", "/dev/ptmx");
  try {
    if (libc.grantPt(master) !== 0) throw systemError("grantpt", "/dev/ptmx");
    if (libc.unlockPt(master) !== 0) throw systemError("unlockpt", "/dev/ptmx");
    const path = slavePath(master);
    setTerminalSize(master, size);
    const slave = openSync(path, constants.O_RDWR | constants.O_NOCTTY);
    if (owner !== null) giveTo(slave, owner);
    return { master, slave, path };
  } catch (error) {
    closeSync(master);
    throw error;
  }
}

/** Tells the programs on the terminal that it has another size, when it is another. */
export function setTerminalSize(fd: number, { columns, rows }: TerminalSize): void {
  const size = Buffer.alloc(8);
  size.writeUInt16LE(rows, 0);
  size.writeUInt16LE(columns, 2);
  libc.ioctl(fd, TIOCSWINSZ, "void *", size);
}

/** A second descriptor of the same open file. @throws the system's error. */
export function duplicate(fd: number): number {
  const copy = libc.fcntl(fd, F_DUPFD_CLOEXEC, "int", 0);
  if (copy < 0) throw systemError("fcntl", "F_DUPFD_CLOEXEC");
  return copy;
}

/** The same number on all architectures that Node runs on, but for the old ones with headers of their own. @see ioctl_tty(2) */
const TIOCSWINSZ = 0x5414;
const F_DUPFD_CLOEXEC = 1030;
/** For an id that is not to change. @see fchown(2) */
const KEEP = -1;
const O_CLOEXEC = 0o2000000;

const LONGEST_PATH = 128;

function slavePath(master: number): string {
  const name = Buffer.alloc(LONGEST_PATH);
  if (libc.ptsName(master, name, name.length) !== 0) throw systemError("ptsname", "/dev/ptmx");
  return name.toString("utf8", 0, name.indexOf(0));
}

/** The group, which lets others write messages to the terminal, stays. */
function giveTo(slave: number, owner: number): void {
  try {
    fchownSync(slave, owner, KEEP);
  } catch (error) {
    closeSync(slave);
    throw error;
  }
}
