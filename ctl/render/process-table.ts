import stringWidth from "string-width";
import { formatNamespec } from "../../src/model/namespec.ts";
import type { ProcessFacts } from "../remote/answers.ts";
import { type Style, statePaint } from "../style.ts";
import { cropped, padded } from "./cells.ts";
import { visible } from "./visible.ts";

export interface TableOptions {
  /** Of the screen. */
  readonly columns: number;
  readonly style: Style;
  /** Which row is chosen; -1 for none. */
  readonly chosen?: number;
  /** The share of one processor that each process uses, by namespec; the average of its life where none is known. */
  readonly load?: ReadonlyMap<string, number>;
}

interface Column {
  readonly title: string;
  readonly align: "left" | "right";
  /** The higher, the sooner it is left out of a narrow screen. */
  readonly rank: number;
  text(process: ProcessFacts, load: number | null): string;
}

const COLUMNS: readonly Column[] = [
  { title: "NAME", align: "left", rank: 0, text: ({ group, name }) => visible(formatNamespec(group, name)) },
  { title: "STATE", align: "left", rank: 0, text: ({ statename }) => visible(statename) },
  { title: "PID", align: "right", rank: 3, text: ({ pid }) => (pid === 0 ? "" : String(pid)) },
  {
    title: "UPTIME",
    align: "right",
    rank: 1,
    text: (process) => (process.pid === 0 ? "" : formatSpan(process.now - process.start)),
  },
  { title: "CPU", align: "right", rank: 4, text: (_process, load) => (load === null ? "" : `${(load * 100).toFixed(1)}%`) },
  {
    title: "MEMORY",
    align: "right",
    rank: 4,
    text: ({ pid, memory_kib: kib }) => (pid === 0 || kib === null ? "" : formatMemory(kib)),
  },
  { title: "RESTARTS", align: "right", rank: 5, text: ({ restarts }) => (restarts ? String(restarts) : "") },
  { title: "LAST EXIT", align: "left", rank: 2, text: lastExit },
];

const GAP = "  ";

/** The processes as a table that fits the screen: a title, then a row for each. Columns that nothing is in are left out. */
export function processTable(processes: readonly ProcessFacts[], options: TableOptions): readonly string[] {
  const { columns, style, chosen = -1 } = options;
  const cells = processes.map((process) => COLUMNS.map((column) => column.text(process, loadOf(process, options))));
  const shown = fitting(cells, columns);
  const row = (texts: readonly string[], paintState: (text: string) => string) =>
    shown
      .map(({ index, width }) => {
        const cell = padded(cropped(texts[index] ?? "", width), width, COLUMNS[index]?.align);
        return COLUMNS[index]?.title === "STATE" ? paintState(cell) : cell;
      })
      .join(GAP)
      .trimEnd();
  const title = row(
    COLUMNS.map((column) => column.title),
    (text) => text,
  );
  const rows = cells.map((texts, index) => {
    const isChosen = index === chosen;
    const paint = statePaint(style, processes[index]?.statename ?? "");
    const line = row(texts, isChosen ? (text) => text : paint);
    return isChosen ? style.inverse(padded(line, columns - 1)) : line;
  });
  return [style.bold(title), ...rows];
}

/** The columns that have something to say and room to say it, and how wide each is. */
function fitting(cells: readonly (readonly string[])[], columns: number): readonly { index: number; width: number }[] {
  let shown = COLUMNS.map(({ title, rank }, index) => {
    const longest = Math.max(0, ...cells.map((texts) => stringWidth(texts[index] ?? "")));
    return { index, rank, width: longest === 0 ? 0 : Math.max(title.length, longest) };
  }).filter(({ width, rank }) => width > 0 || rank === 0);
  const total = () => shown.reduce((sum, { width }) => sum + width + GAP.length, 0);
  while (total() > columns) {
    const last = shown.at(-1);
    const worst = Math.max(...shown.map(({ rank }) => rank));
    const over = total() - columns;
    // The words of the last column are the first to be cut short.
    if (last?.rank === 2 && last.width - over >= "LAST EXIT".length) {
      shown = [...shown.slice(0, -1), { ...last, width: last.width - over }];
    } else if (worst > 0) shown = shown.filter(({ rank }) => rank !== worst);
    else break;
  }
  return shown;
}

function loadOf(process: ProcessFacts, { load }: TableOptions): number | null {
  const { pid, cpu_seconds: seconds, now, start, group, name } = process;
  if (pid === 0 || seconds === null) return null;
  return load?.get(formatNamespec(group, name)) ?? seconds / Math.max(now - start, 1);
}

/** Why a process is not up, else how its last child ended when that was not expected. */
function lastExit(process: ProcessFacts): string {
  const {
    statename,
    description,
    has_exited: hasExited,
    exit_code: code,
    exit_signal: signal,
    exit_expected: expected,
  } = process;
  if (statename === "FATAL" || statename === "BACKOFF") return visible(description);
  if (!hasExited) return process.start === 0 ? "never started" : "";
  const how = signal ? visible(signal) : `exit ${code}`;
  return expected ? how : `${how}, not expected`;
}

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** `5s`, `4m12s`, `3h07m`, `12d4h`. */
function formatSpan(elapsed: number): string {
  const seconds = Math.max(0, Math.floor(elapsed));
  const two = (value: number) => String(value).padStart(2, "0");
  if (seconds < MINUTE) return `${seconds}s`;
  if (seconds < HOUR) return `${Math.floor(seconds / MINUTE)}m${two(seconds % MINUTE)}s`;
  if (seconds < DAY) return `${Math.floor(seconds / HOUR)}h${two(Math.floor((seconds % HOUR) / MINUTE))}m`;
  return `${Math.floor(seconds / DAY)}d${Math.floor((seconds % DAY) / HOUR)}h`;
}

function formatMemory(kib: number): string {
  if (kib < 1024) return `${kib}K`;
  if (kib < 1024 * 1024) return `${(kib / 1024).toFixed(1)}M`;
  return `${(kib / 1024 / 1024).toFixed(1)}G`;
}
