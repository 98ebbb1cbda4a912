import { formatNamespec } from "../../src/model/namespec.ts";
import type { ProcessInfo } from "../remote/answers.ts";
import { PLAIN_STYLE, type Style, statePaint } from "../style.ts";
import { visible } from "./visible.ts";

const MIN_NAME_WIDTH = 30;
const STATE_WIDTH = 10;

/** The status table as supervisorctl prints it: one line per process, names as wide as the longest of them. */
export function statusLines(processes: readonly ProcessInfo[], style: Style = PLAIN_STYLE): readonly string[] {
  const names = processes.map(({ group, name }) => visible(formatNamespec(group, name)));
  const width = Math.max(MIN_NAME_WIDTH, ...names.map((name) => [...name].length)) + 3;
  return processes.map(({ statename, description }, index) => {
    const state = statePaint(style, statename)(padded(visible(statename), STATE_WIDTH));
    return `${padded(names[index] ?? "", width)}${state}${visible(description)}`;
  });
}

/** Counts characters, not UTF-16 units: a name may hold an emoji. */
function padded(text: string, width: number): string {
  return text + " ".repeat(Math.max(0, width - [...text].length));
}
