/** How the output of a line is wanted. */
export interface OutputFormat {
  /** One JSON document, and nothing else on stdout. */
  readonly json: boolean;
  /** Nothing when all went well. */
  readonly quiet: boolean;
  /** No colours, whatever the terminal can do. */
  readonly plain: boolean;
}

/** The switches that every command takes, on top of those of the command line. */
export function formatOf(base: OutputFormat, switches: ReadonlySet<string>): OutputFormat {
  return {
    json: base.json || switches.has("json"),
    quiet: base.quiet || switches.has("quiet"),
    plain: base.plain || switches.has("no-color"),
  };
}
