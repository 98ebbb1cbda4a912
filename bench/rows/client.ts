import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { COMMANDS } from "../../ctl/line/command-table.ts";
import { newPrompt, type PromptContext, press } from "../../ctl/shell/prompt-state.ts";
import { suggest } from "../../ctl/shell/suggestions.ts";
import { sleepers, withDaemon } from "../daemons.ts";
import { type Figures, median, type Row } from "../row.ts";

const ROUNDS = 30;

const TASKMASTERCTL = join(import.meta.dirname, "../../../ctl/taskmasterctl.sh");
const SUPERVISORCTL = "/usr/bin/supervisorctl";

/** `status` by both clients of the same daemon, in turn, and a bare node besides. */
function statusRow(processes: number): Row {
  return {
    name: `status-${processes}`,
    work: `taskmasterctl status against supervisorctl status, ${processes} programs`,
    unit: "ms",
    measure: () =>
      withDaemon("taskmasterd", sleepers(processes), async ({ configuration }): Promise<Figures> => {
        const programs = {
          taskmaster: [TASKMASTERCTL, "-c", configuration, "status"],
          supervisord: [SUPERVISORCTL, "-c", configuration, "status"],
          floor: [process.execPath, "-e", "0"],
        };
        const times = { taskmaster: [] as number[], supervisord: [] as number[], floor: [] as number[] };
        for (let round = 0; round < ROUNDS; round++)
          for (const kind of ["taskmaster", "supervisord", "floor"] as const) times[kind].push(wallMillis(programs[kind]));
        const [ours, theirs] = [median(times.taskmaster), median(times.supervisord)];
        return {
          taskmaster: ours,
          supervisord: theirs,
          floor: median(times.floor),
          wanted: "<= 0.5 of supervisorctl",
          isMet: ours <= 0.5 * theirs,
        };
      }),
  };
}

function wallMillis([program = "", ...words]: readonly string[]): number {
  const start = performance.now();
  const { status } = spawnSync(program, words, { stdio: "ignore" });
  if (status !== 0) throw new Error(`${program} ended with status ${status}`);
  return performance.now() - start;
}

const PROCESSES = 1000;

/** The slowest key of a line that is typed and completed, with the names of 1,000 processes known. */
async function completionFigures(): Promise<Figures> {
  const commands = (await Promise.all(COMMANDS.names.map(COMMANDS.find))).filter((command) => command !== null);
  const processes = Array.from({ length: PROCESSES }, (_, number) => ({
    group: `group${number % 20}`,
    name: `worker_${String(number).padStart(4, "0")}`,
    state: number % 3 === 0 ? "STOPPED" : "RUNNING",
  }));
  const context: PromptContext = {
    history: Array.from({ length: PROCESSES }, (_, number) => `status group${number}:worker_${number}`),
    suggest: (text, cursor) => suggest(text, cursor, { commands, processes }),
  };
  const slowest = Array.from({ length: ROUNDS }, () => slowestKey("stop group7:worker_01\t", context));
  const taskmaster = median(slowest);
  return { taskmaster, supervisord: null, floor: null, wanted: "<= 50 ms", isMet: taskmaster <= 50 };
}

function slowestKey(text: string, context: PromptContext): number {
  let state = newPrompt();
  let slowest = 0;
  for (const sequence of text) {
    const start = performance.now();
    ({ state } = press(state, { sequence, name: sequence === "\t" ? "tab" : sequence }, context));
    slowest = Math.max(slowest, performance.now() - start);
  }
  return slowest;
}

export const clientRows: readonly Row[] = [
  statusRow(20),
  statusRow(100),
  {
    name: "completion",
    work: `the slowest key while completing, ${PROCESSES} processes`,
    unit: "ms",
    measure: completionFigures,
  },
];
