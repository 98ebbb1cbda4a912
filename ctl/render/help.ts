import type { Command, CommandOption } from "../line/command.ts";
import { columns } from "./columns.ts";

const TAB_WIDTH = 8;
const MIN_USAGE_WIDTH = 24;
const SCREEN_WIDTH = 79;

/** The help of one command: a line for each form, its explanations aligned with tabs, then those of its own options, then the notes. */
export function helpLines({ forms, notes = [], options = [] }: Pick<Command, "forms" | "notes" | "options">): readonly string[] {
  return [
    ...aligned(forms.map(({ usage, does }) => [usage, does])),
    ...aligned(options.map((option) => [`  ${commandOptionUsage(option)}`, option.text])),
    ...notes,
  ];
}

/** `-f, --follow`, `--state STATE`. */
export function commandOptionUsage({ name, short, placeholder }: CommandOption): string {
  return `${short === undefined ? "" : `-${short}, `}--${name}${placeholder === undefined ? "" : ` ${placeholder}`}`;
}

function aligned(rows: readonly (readonly [string, string])[]): readonly string[] {
  const width = Math.max(MIN_USAGE_WIDTH, ...rows.map(([left]) => nextTabStop(left.length)));
  return rows.map(([left, right]) => `${left}${tabs(left.length, width)}${right}`);
}

/** The list of all commands, in columns. */
export function topicLines(names: readonly string[]): readonly string[] {
  const title = "default commands (type help <topic>):";
  return ["", title, "=".repeat(title.length), ...columns(names.toSorted(), SCREEN_WIDTH), ""];
}

function nextTabStop(column: number): number {
  return (Math.floor(column / TAB_WIDTH) + 1) * TAB_WIDTH;
}

function tabs(from: number, to: number): string {
  return "\t".repeat(Math.ceil((to - from) / TAB_WIDTH));
}
