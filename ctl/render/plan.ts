import { formatNamespec } from "../../src/model/namespec.ts";
import type { PlacedMessage, UpdatePlan } from "../remote/answers.ts";
import type { Paint, Style } from "../style.ts";
import { visible } from "./visible.ts";

const ACTIONS: Readonly<Record<string, { readonly words: string; readonly paint: keyof Style }>> = {
  start: { words: "start", paint: "green" },
  add: { words: "add, not started", paint: "green" },
  stop: { words: "stop", paint: "red" },
  remove: { words: "remove", paint: "red" },
  restart: { words: "restart", paint: "yellow" },
  change: { words: "change in place", paint: "cyan" },
};

/** A plan for people: a line for each process that something happens to, and below it the options that differ. */
export function planLines({ groups, daemon, warnings }: UpdatePlan, style: Style): readonly string[] {
  const touched = groups.flatMap(({ group, processes }) =>
    processes
      .filter(({ action }) => action !== "nothing")
      .map((process) => ({ ...process, namespec: visible(formatNamespec(group, process.name)) })),
  );
  const width = Math.max(0, ...touched.map(({ namespec }) => [...namespec].length));
  const lines = touched.flatMap(({ namespec, action, options }) => [
    `${namespec.padEnd(width)}  ${actionText(action, style)}`,
    ...options.map(
      ({ option, before, after }) => `    ${visible(option)}: ${style.red(visible(before))} -> ${style.green(visible(after))}`,
    ),
  ]);
  return [
    ...warnings.map((warning) => `warning: ${messageLine(warning)}`),
    ...(lines.length === 0 ? ["nothing would be started, stopped or changed"] : lines),
    ...(daemon.length === 0 ? [] : [`a new start of the daemon takes over: ${daemon.map(visible).join(", ")}`]),
  ];
}

/** `file:line:column: message`. */
export function messageLine({ file, line, column, message }: PlacedMessage): string {
  const place = [visible(file), line, column].filter((part) => part !== "" && part !== 0).join(":");
  return place === "" ? visible(message) : `${place}: ${visible(message)}`;
}

function actionText(action: string, style: Style): string {
  const known = ACTIONS[action];
  const paint: Paint = known === undefined ? (text) => text : style[known.paint];
  return paint(known?.words ?? visible(action));
}
