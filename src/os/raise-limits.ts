import { getLimit, type Resource, setLimit } from "./resource-limit.ts";

export type RaiseOutcome =
  | { readonly ok: true; readonly infos: readonly string[] }
  /** The daemon must not start. */
  | { readonly ok: false; readonly problem: string };

/**
 * Makes sure that the daemon may open `minfds` files and run `minprocs` processes, raising the soft limit, and as root the hard
 * one too.
 * @param originalNofile - the soft limit of open files before Node raised it, so that the report is about the user's limit.
 * @returns the lines for the activity log.
 * @see supervisor/options.py set_rlimits_or_exit()
 */
export function raiseLimits(minfds: number, minprocs: number, originalNofile: number): RaiseOutcome {
  const infos: string[] = [];
  for (const [resource, minimum] of [["RLIMIT_NOFILE", minfds] as const, ["RLIMIT_NPROC", minprocs] as const]) {
    const { soft, hard } = getLimit(resource);
    const before = resource === "RLIMIT_NOFILE" ? Math.min(soft, originalNofile) : soft;
    if (before >= minimum) continue;
    const wanted = { soft: Math.max(soft, minimum), hard: Math.max(hard, minimum) };
    if (soft < minimum && setLimit(resource, wanted) !== null) return { ok: false, problem: TOO_LOW[resource](minimum, hard) };
    infos.push(`Increased ${resource} limit to ${minimum}`);
  }
  return { ok: true, infos };
}

/** The texts begin as supervisord's do. */
const TOO_LOW: Readonly<Record<Resource, (minimum: number, hard: number) => string>> = {
  RLIMIT_NOFILE: (minimum, hard) =>
    `The minimum number of file descriptors required to run this process is ${minimum} as per the "minfds" command-line argument ` +
    `or config file setting. The current environment will only allow you to open ${hard} file descriptors. ` +
    "Raise that limit or lower minfds.",
  RLIMIT_NPROC: (minimum, hard) =>
    `The minimum number of available processes required to run this program is ${minimum} as per the "minprocs" command-line ` +
    `argument or config file setting. The current environment will only allow you to open ${hard} processes. ` +
    "Raise that limit or lower minprocs.",
};
