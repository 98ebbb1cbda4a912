import { errno as lastErrno, load, os as system } from "koffi";

/**
 * The few functions of the C library that Node does not offer. They are looked up in the running process itself, so that the same
 * code works with glibc and with musl. All of them are synchronous; -1 means that `lastError()` tells why, except for the
 * `posix_spawn` family, which answers the error number.
 */
const library = load(null);

/** A C structure: opaque bytes, filled by the library. */
type Struct = Buffer;

/** Null-terminated by the caller. */
type StringArray = readonly (string | null)[];

/**
 * Larger than every opaque structure used here, whatever the library (the largest, glibc's `posix_spawnattr_t`, has 336 bytes).
 * @returns zeroed memory
 */
export function opaqueStruct(): Struct {
  return Buffer.alloc(1024);
}

export const libc: {
  readonly posixSpawn: (
    pid: Struct,
    path: string,
    actions: Struct,
    attributes: Struct,
    argv: StringArray,
    env: StringArray,
  ) => number;
  readonly spawnAttrInit: (attributes: Struct) => number;
  readonly spawnAttrDestroy: (attributes: Struct) => number;
  readonly spawnAttrSetFlags: (attributes: Struct, flags: number) => number;
  readonly spawnAttrSetSigMask: (attributes: Struct, signals: Struct) => number;
  readonly spawnAttrSetSigDefault: (attributes: Struct, signals: Struct) => number;
  readonly spawnActionsInit: (actions: Struct) => number;
  readonly spawnActionsDestroy: (actions: Struct) => number;
  readonly spawnActionsAddDup2: (actions: Struct, from: number, to: number) => number;
  readonly spawnActionsAddChdir: (actions: Struct, path: string) => number;
  readonly sigEmptySet: (signals: Struct) => number;
  readonly wait4: (pid: number, status: Struct, options: number, usage: Struct) => number;
  readonly getPageSize: () => number;
  readonly getRlimit: (resource: number, limit: Struct) => number;
  readonly setRlimit: (resource: number, limit: Struct) => number;
  readonly pipe2: (ends: Struct, flags: number) => number;
  readonly mkfifo: (path: string, mode: number) => number;
  readonly fcntl: (fd: number, command: number, type: "int", argument: number) => number;
  readonly flock: (fd: number, operation: number) => number;
  readonly dup2: (from: number, to: number) => number;
  /** `null` when there is no such account. */
  readonly getPwUid: (uid: number) => unknown;
  readonly initGroups: (user: string, gid: number) => number;
  readonly socket: (family: number, type: number, protocol: number) => number;
  readonly bind: (fd: number, address: Struct, length: number) => number;
  readonly listen: (fd: number, backlog: number) => number;
  readonly setSocketOption: (fd: number, level: number, option: number, value: Struct, length: number) => number;
  readonly connect: (fd: number, address: Struct, length: number) => number;
  readonly posixOpenPt: (flags: number) => number;
  readonly grantPt: (fd: number) => number;
  readonly unlockPt: (fd: number) => number;
  readonly ptsName: (fd: number, name: Buffer, length: number) => number;
  readonly ioctl: (fd: number, request: number, type: "void *", argument: Struct) => number;
  readonly spawnActionsAddOpen: (actions: Struct, fd: number, path: string, flags: number, mode: number) => number;
  readonly send: (fd: number, bytes: Buffer, length: number, flags: number) => number;
} = {
  posixSpawn: library.func(
    "int posix_spawn(void *pid, const char *path, void *actions, void *attributes, const char **argv, const char **env)",
  ),
  spawnAttrInit: library.func("int posix_spawnattr_init(void *attributes)"),
  spawnAttrDestroy: library.func("int posix_spawnattr_destroy(void *attributes)"),
  spawnAttrSetFlags: library.func("int posix_spawnattr_setflags(void *attributes, short flags)"),
  spawnAttrSetSigMask: library.func("int posix_spawnattr_setsigmask(void *attributes, const void *signals)"),
  spawnAttrSetSigDefault: library.func("int posix_spawnattr_setsigdefault(void *attributes, const void *signals)"),
  spawnActionsInit: library.func("int posix_spawn_file_actions_init(void *actions)"),
  spawnActionsDestroy: library.func("int posix_spawn_file_actions_destroy(void *actions)"),
  spawnActionsAddDup2: library.func("int posix_spawn_file_actions_adddup2(void *actions, int from, int to)"),
  spawnActionsAddChdir: library.func("int posix_spawn_file_actions_addchdir_np(void *actions, const char *path)"),
  sigEmptySet: library.func("int sigemptyset(void *signals)"),
  wait4: library.func("int wait4(int pid, void *status, int options, void *usage)"),
  getPageSize: library.func("int getpagesize(void)"),
  getRlimit: library.func("int getrlimit(int resource, void *limit)"),
  setRlimit: library.func("int setrlimit(int resource, const void *limit)"),
  pipe2: library.func("int pipe2(void *ends, int flags)"),
  mkfifo: library.func("int mkfifo(const char *path, unsigned int mode)"),
  fcntl: library.func("int fcntl(int fd, int command, ...)"),
  flock: library.func("int flock(int fd, int operation)"),
  dup2: library.func("int dup2(int from, int to)"),
  getPwUid: library.func("void *getpwuid(unsigned int uid)"),
  initGroups: library.func("int initgroups(const char *user, unsigned int gid)"),
  socket: library.func("int socket(int family, int type, int protocol)"),
  bind: library.func("int bind(int fd, const void *address, unsigned int length)"),
  listen: library.func("int listen(int fd, int backlog)"),
  setSocketOption: library.func("int setsockopt(int fd, int level, int option, const void *value, unsigned int length)"),
  connect: library.func("int connect(int fd, const void *address, unsigned int length)"),
  posixOpenPt: library.func("int posix_openpt(int flags)"),
  grantPt: library.func("int grantpt(int fd)"),
  unlockPt: library.func("int unlockpt(int fd)"),
  ptsName: library.func("int ptsname_r(int fd, void *name, size_t length)"),
  ioctl: library.func("int ioctl(int fd, unsigned long request, ...)"),
  spawnActionsAddOpen: library.func(
    "int posix_spawn_file_actions_addopen(void *actions, int fd, const char *path, int flags, unsigned int mode)",
  ),
  send: library.func("long send(int fd, const void *bytes, size_t length, int flags)"),
};

/** Where two names share a number (EAGAIN, EWOULDBLOCK) the first is the usual one. */
const NAMES_BY_NUMBER: ReadonlyMap<number, string> = new Map(
  Object.entries(system.errno)
    .reverse()
    .map(([name, number]) => [Number(number), name]),
);

/** The name of an error number (`ENOENT`), as messages and Node's own errors have it; the number where it has no name. */
export function errorName(number: number): string {
  return NAMES_BY_NUMBER.get(number) ?? String(number);
}

/** Why the last call that answered -1 failed. */
export function lastError(): string {
  return errorName(lastErrno());
}
