import { constants } from "node:fs";
import { errorName, libc, opaqueStruct } from "./libc.ts";
import { withSoftLimit } from "./resource-limit.ts";

export interface SpawnOptions {
  /** The file to execute, as is: no PATH is searched. A relative path counts from `directory`. */
  readonly file: string;
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Descriptors of the caller that become 0, 1, 2, … of the child; no others are inherited. */
  readonly descriptors: readonly number[];
  /** The path of a terminal that becomes the child's controlling terminal and its descriptors 0, 1 and 2, instead of `descriptors`. */
  readonly terminal: string | null;
  /** `null` inherits the caller's. */
  readonly directory: string | null;
  /** `null` inherits the caller's. */
  readonly umask: number | null;
  /** The soft limit of open files; `null` inherits the caller's. */
  readonly openFiles: number | null;
}

export type SpawnOutcome = { readonly ok: true; readonly pid: number } | { readonly ok: false; readonly error: string };

/**
 * Creates a child in a session of its own, with no signal blocked and every signal at its default: Node ignores SIGPIPE, a child
 * must not. The call returns once the child runs the new program, so a directory or file that cannot be used is an error here.
 * @returns `error` as a name (`ENOEXEC`), without telling which step failed.
 */
export function spawn(options: SpawnOptions): SpawnOutcome {
  prepareActions(options);
  try {
    return withUmask(options.umask, () => withOpenFiles(options.openFiles, () => posixSpawn(options)));
  } finally {
    libc.spawnActionsDestroy(ACTIONS);
  }
}

/** Memory for the C library that every call uses anew. */
const ACTIONS = opaqueStruct();
const PID = Buffer.alloc(4);

function posixSpawn({ file, argv, env }: SpawnOptions): SpawnOutcome {
  const block = environmentBlock(env);
  // C would end such a string early, and run something else than was asked for.
  if (argv.some(hasNul) || block.some(hasNul)) return { ok: false, error: "EINVAL" };
  const error = libc.posixSpawn(PID, file, ACTIONS, ATTRIBUTES, [...argv, null], [...block, null]);
  return error === 0 ? { ok: true, pid: PID.readInt32LE() } : { ok: false, error: errorName(error) };
}

function hasNul(text: string): boolean {
  return text.includes("\0");
}

/** Flags of `posix_spawnattr_setflags`, the same in glibc and musl. */
const SETSIGDEF = 0x04;
const SETSIGMASK = 0x08;
const SETSID = 0x80;

/** The same for every child; lives as long as the process. */
const ATTRIBUTES = spawnAttributes();

function spawnAttributes(): Buffer {
  const attributes = opaqueStruct();
  const signals = opaqueStruct();
  libc.spawnAttrInit(attributes);
  libc.spawnAttrSetFlags(attributes, SETSIGDEF | SETSIGMASK | SETSID);
  libc.sigEmptySet(signals);
  libc.spawnAttrSetSigMask(attributes, signals);
  // `sigfillset` leaves out the two signals that the C library uses itself, and the child would ignore them.
  libc.spawnAttrSetSigDefault(attributes, signals.fill(0xff));
  return attributes;
}

function prepareActions({ descriptors, terminal, directory }: SpawnOptions): void {
  libc.spawnActionsInit(ACTIONS);
  if (terminal !== null) {
    // The leader of a session that has no terminal gets the first one that it opens.
    libc.spawnActionsAddOpen(ACTIONS, 0, terminal, constants.O_RDWR, 0);
    libc.spawnActionsAddDup2(ACTIONS, 0, 1);
    libc.spawnActionsAddDup2(ACTIONS, 0, 2);
  }
  descriptors.forEach((from, to) => {
    libc.spawnActionsAddDup2(ACTIONS, from, to);
  });
  if (directory !== null) libc.spawnActionsAddChdir(ACTIONS, directory);
}

function environmentBlock(env: SpawnOptions["env"]): string[] {
  const block: string[] = [];
  for (const name of Object.keys(env)) {
    const value = env[name];
    if (value !== undefined) block.push(`${name}=${value}`);
  }
  return block;
}

/** The umask is the process's own, but nothing else runs during a synchronous call. */
function withUmask<Value>(umask: number | null, action: () => Value): Value {
  if (umask === null) return action();
  const own = process.umask(umask);
  try {
    return action();
  } finally {
    process.umask(own);
  }
}

/** Descriptors that are already open stay usable while the limit is lower. */
function withOpenFiles<Value>(soft: number | null, action: () => Value): Value {
  return soft === null ? action() : withSoftLimit("RLIMIT_NOFILE", soft, action);
}
