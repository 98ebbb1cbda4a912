/** What a child and everything that came of it uses. */
export interface TreeUsage {
  /** Of user and system time since the child was made, with what its ended descendants used. */
  readonly cpuSeconds: number;
  /** Resident bytes; memory that processes share counts for each. */
  readonly memoryBytes: number;
  /** How many processes there are. */
  readonly processes: number;
}
