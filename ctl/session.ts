import type { CommandTable } from "./line/command.ts";
import type { OutputFormat } from "./line/output-format.ts";
import type { LineInput } from "./line-input.ts";
import type { ServerAccess } from "./remote/server-access.ts";
import type { Supervisor } from "./remote/supervisor.ts";
import type { Style } from "./style.ts";
import type { Terminal } from "./terminal.ts";

/** What commands work with. */
export interface Session {
  readonly terminal: Terminal;
  /** Of the present line. */
  readonly format: OutputFormat;
  /** The colours of the present line; chalk is loaded for the first that has any. */
  style(): Promise<Style>;
  readonly commands: CommandTable;
  /** The user's lines; asked only where `interactive` is set, and by `fg`. */
  readonly input: LineInput;
  /** The configuration that the command line names. */
  readonly configuration: string | null;
  /** Whether the user may be asked: for a password, or whether to go on. */
  readonly interactive: boolean;
  /** The lines typed in the shell before, newest first; `null` outside of it. */
  readonly history: { readonly lines: readonly string[] } | null;
  readonly server: Server;
  /** Loads the calls when the first command needs them. */
  supervisor(): Promise<Supervisor>;
}

/** The daemon that is spoken to; `open` and a login replace the access. */
export interface Server {
  access: ServerAccess;
}
