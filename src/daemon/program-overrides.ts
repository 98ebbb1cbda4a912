import type { ProcessCounts } from "../config/outcome.ts";
import type { Config, GroupConfig, ProcessConfig, UserAccount } from "../model/config.ts";

/** What somebody has set for a program, whatever the configuration says, and what that said at the time. */
interface Override<Value> {
  readonly value: Value;
  readonly configured: Value;
}

/** Users and process counts that clients have set for programs. Each holds until the configuration says something else than it did. */
export class ProgramOverrides {
  readonly #users = new Map<string, Override<UserAccount>>();
  readonly #counts = new Map<string, Override<number>>();

  get isEmpty(): boolean {
    return this.#users.size + this.#counts.size === 0;
  }

  /** @param value - `null` to do again what the configuration says. */
  setUser(program: string, value: UserAccount | null, configured: UserAccount | null): void {
    if (value === null) this.#users.delete(program);
    else this.#users.set(program, { value, configured: configured ?? NOBODY });
  }

  setCount(program: string, value: number, configured: number): void {
    if (value === configured) this.#counts.delete(program);
    else this.#counts.set(program, { value, configured });
  }

  /** The counts that hold for what a configuration says. */
  countsFor(config: Config): ProcessCounts {
    const held = [...this.#counts].filter(([program, { configured }]) => processesOf(config, program).length === configured);
    return new Map(held.map(([program, { value }]) => [program, value]));
  }

  /** A configuration with the users that hold for what it says. */
  withUsers(config: Config): Config {
    if (this.#users.size === 0) return config;
    const groups = config.groups.map((group) => ({ ...group, processes: group.processes.map((each) => this.#withUser(each)) }));
    return { ...config, groups };
  }

  /** The configuration was read to be used: what it says otherwise now is no override any more. */
  settle(config: Config): void {
    for (const [program, { configured }] of this.#counts)
      if (processesOf(config, program).length !== configured) this.#counts.delete(program);
    for (const [program, { configured }] of this.#users)
      if (processesOf(config, program).every(({ launch }) => !isUser(launch.user, configured))) this.#users.delete(program);
  }

  #withUser(process: ProcessConfig): ProcessConfig {
    const override = this.#users.get(process.program);
    if (override === undefined || !isUser(process.launch.user, override.configured)) return process;
    return { ...process, launch: { ...process.launch, user: override.value } };
  }
}

/** The processes of a program, in the order of the configuration. */
export function processesOf({ groups }: { readonly groups: readonly GroupConfig[] }, program: string): readonly ProcessConfig[] {
  return groups.flatMap(({ processes }) => processes.filter((process) => process.program === program));
}

/** Stands for the user of the daemon. */
const NOBODY: UserAccount = { uid: -1, gid: -1, name: "" };

function isUser(user: UserAccount | null, other: UserAccount): boolean {
  return (user ?? NOBODY).uid === other.uid;
}
