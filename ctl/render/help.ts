import type { Command } from "../command.ts";
import { columns } from "./columns.ts";

const TAB_WIDTH = 8;
const MIN_USAGE_WIDTH = 24;
const SCREEN_WIDTH = 79;

/** The help of one command: a line for each form, its explanations aligned with tabs, then the notes. */
export function helpLines({ forms, notes = [] }: Pick<Command, "forms" | "notes">): readonly string[] {
  const width = Math.max(MIN_USAGE_WIDTH, ...forms.map(({ usage }) => nextTabStop(usage.length)));
  return [...forms.map(({ usage, does }) => `${usage}${tabs(usage.length, width)}${does}`), ...notes];
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
