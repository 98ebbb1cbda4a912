declare const number: unique symbol;

export type SignalNumber = number & { readonly [number]: "signal" };

/**
 * Linux signal numbers, the same on every architecture that Node runs on except MIPS and SPARC.
 * Where two names share a number the first is the one that is printed.
 * @see signal(7)
 */
const SIGNAL_NUMBERS = {
  HUP: 1,
  INT: 2,
  QUIT: 3,
  ILL: 4,
  TRAP: 5,
  ABRT: 6,
  IOT: 6,
  BUS: 7,
  FPE: 8,
  KILL: 9,
  USR1: 10,
  SEGV: 11,
  USR2: 12,
  PIPE: 13,
  ALRM: 14,
  TERM: 15,
  STKFLT: 16,
  CHLD: 17,
  CLD: 17,
  CONT: 18,
  STOP: 19,
  TSTP: 20,
  TTIN: 21,
  TTOU: 22,
  URG: 23,
  XCPU: 24,
  XFSZ: 25,
  VTALRM: 26,
  PROF: 27,
  WINCH: 28,
  IO: 29,
  POLL: 29,
  PWR: 30,
  SYS: 31,
  RTMIN: 34,
  RTMAX: 64,
} as const;

export type SignalName = keyof typeof SIGNAL_NUMBERS;

const PROBE = 0;

const NAMES_BY_NUMBER: ReadonlyMap<number, SignalName> = new Map(
  (Object.entries(SIGNAL_NUMBERS) as [SignalName, number][]).reverse().map(([name, value]) => [value, name]),
);

/** Every name without its `SIG`, for completion and for "did you mean". */
export const SIGNAL_NAMES = Object.keys(SIGNAL_NUMBERS) as readonly SignalName[];

export function signalNumber(name: SignalName): SignalNumber {
  return SIGNAL_NUMBERS[name] as unknown as SignalNumber;
}

/** `SIGTERM` for 15; `undefined` for a number without a name. */
export function signalName(signal: SignalNumber): string | undefined {
  const name = NAMES_BY_NUMBER.get(signal);
  return name === undefined ? undefined : `SIG${name}`;
}

/**
 * Reads a signal as configuration files and clients write it: a name in any case, with or without `SIG`, or a number.
 * Zero, which only asks whether the process is there, is accepted: supervisord takes it as well.
 * @returns `undefined` for what is no signal.
 */
export function parseSignal(text: string): SignalNumber | undefined {
  const word = text.trim().toUpperCase();
  if (/^\d+$/.test(word)) {
    const value = Number(word);
    return value === PROBE || NAMES_BY_NUMBER.has(value) ? (value as SignalNumber) : undefined;
  }
  const name = word.startsWith("SIG") ? word.slice(3) : word;
  return Object.hasOwn(SIGNAL_NUMBERS, name) ? signalNumber(name as SignalName) : undefined;
}
