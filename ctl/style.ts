/** Puts colour codes around a text that was made safe already. */
export type Paint = (text: string) => string;

export interface Style {
  readonly bold: Paint;
  readonly dim: Paint;
  readonly inverse: Paint;
  readonly red: Paint;
  readonly green: Paint;
  readonly yellow: Paint;
  readonly blue: Paint;
  readonly magenta: Paint;
  readonly cyan: Paint;
}

const unpainted: Paint = (text) => text;

export const PLAIN_STYLE: Style = {
  bold: unpainted,
  dim: unpainted,
  inverse: unpainted,
  red: unpainted,
  green: unpainted,
  yellow: unpainted,
  blue: unpainted,
  magenta: unpainted,
  cyan: unpainted,
};

/**
 * The colours of a screen: as many as chalk finds that it has. None for a pipe, unless FORCE_COLOR says otherwise, and none with NO_COLOR.
 * @see https://no-color.org
 */
export async function screenStyle(isScreen: boolean): Promise<Style> {
  const { NO_COLOR = "", FORCE_COLOR } = process.env;
  if (NO_COLOR !== "" || (!isScreen && FORCE_COLOR === undefined)) return PLAIN_STYLE;
  const { default: chalk } = await import("chalk");
  return chalk.level === 0 ? PLAIN_STYLE : chalk;
}

const STATE_PAINTS: Readonly<Record<string, keyof Style>> = {
  RUNNING: "green",
  STARTING: "cyan",
  STOPPING: "yellow",
  BACKOFF: "yellow",
  FATAL: "red",
  UNKNOWN: "magenta",
  STOPPED: "dim",
  EXITED: "dim",
};

/** The colour that a state has everywhere. */
export function statePaint(style: Style, state: string): Paint {
  return style[STATE_PAINTS[state] ?? "bold"];
}
