import type { CommandTable } from "./command.ts";
import type { LineInput } from "./line-input.ts";
import type { ServerAccess } from "./server-access.ts";
import type { Supervisor } from "./supervisor.ts";
import type { Terminal } from "./terminal.ts";

/** What commands work with. */
export interface Session {
  readonly terminal: Terminal;
  readonly commands: CommandTable;
  /** The user's lines; asked only where `interactive` is set, and by `fg`. */
  readonly input: LineInput;
  /** Whether the user may be asked: for a password, or whether to go on. */
  readonly interactive: boolean;
  /** The daemon that is spoken to; `open` and a login replace it. */
  access: ServerAccess;
  /** Loads the calls when the first command needs them. */
  supervisor(): Promise<Supervisor>;
}
