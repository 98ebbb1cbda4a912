declare const child: unique symbol;

/** A process id that the kernel gave us; never 0 or negative, which `kill` would take for a whole group. */
export type Pid = number & { readonly [child]: "pid" };

/** @throws RangeError for what cannot be a single process. */
export function toPid(value: number): Pid {
  if (!Number.isInteger(value) || value <= 0) throw new RangeError(`not a process id: ${value}`);
  return value as Pid;
}
