/** What is a daemon's own. */
interface Own {
  readonly folder: string;
  readonly port: number;
  readonly kind: string;
}

/** Replaces what differs from run to run: folders, ports, pids, times and the random parts of names. */
export function normalise(text: string, { folder, port }: Own): string {
  return REPLACEMENTS.reduce(
    (result, [pattern, replacement]) => result.replaceAll(pattern, replacement),
    text.replaceAll(folder, "/DIR").replaceAll(`:${port}`, ":PORT"),
  );
}

const REPLACEMENTS: readonly (readonly [RegExp, string])[] = [
  // Whoever runs this may be root or not.
  [/^.*CRIT Supervisor is running as root\..*\n/gm, ""],
  // Members of a process's struct; 0 tells that it was never started, or is down.
  [/^(start|stop|now): [1-9]\d*$/gm, "$1: TIME"],
  [/^pid: [1-9]\d*$/gm, "pid: PID"],
  // The length of an event counts the digits of the pid in it.
  [/len:\d+(?=\n[^\n]*pid:)/g, "len:LENGTH"],
  [/\bpid [1-9]\d*/g, "pid PID"],
  [/\bpid:[1-9]\d*/g, "pid:PID"],
  [/(?<=killing '[^']*' \()\d+(?=\))/g, "PID"],
  [/(?<=\(pid )\d+(?=\))/g, "PID"],
  [/uptime (\d+ days?, )?\d+:\d\d:\d\d/g, "uptime UPTIME"],
  [/[A-Z][a-z]{2} \d\d \d\d:\d\d [AP]M/g, "DATE"],
  [/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3}/g, "DATE"],
  [/[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT/g, "DATE"],
  [/(---\w+-)\w{8}(\.log)/g, "$1RANDOM$2"],
  [/when:\d+/g, "when:TIME"],
];
