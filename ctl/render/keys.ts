import { KEY_BINDINGS } from "../shell/keys.ts";

/** The keys of the shell, one a line. */
export function keyLines(): readonly string[] {
  const rows = KEY_BINDINGS.map(({ keys, does }) => ({ keys: keys.join(", "), does }));
  const width = Math.max(...rows.map(({ keys }) => keys.length));
  return rows.map(({ keys, does }) => `${keys.padEnd(width)}  ${does}`);
}
