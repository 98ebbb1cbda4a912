import { formatNamespec } from "../../src/model/namespec.ts";
import { streamDocument } from "../line/json-document.ts";
import { narrow, type ProcessOptions } from "../process-options.ts";
import type { ProcessFacts } from "../remote/answers.ts";
import { done, type Ending, failed, type Reply } from "../remote/reply.ts";
import { failureText } from "../render/failure.ts";
import { processTable } from "../render/process-table.ts";
import { visible } from "../render/visible.ts";
import type { Session } from "../session.ts";
import { LiveProcesses, type ProcessMoment } from "./live-processes.ts";
import { LiveScreen } from "./live-screen.ts";

/** What the keys of `top` do with the process that is chosen. */
export interface ProcessKey {
  readonly key: string;
  readonly does: string;
  /** @returns what to say of it. */
  act(name: string, session: Session): Promise<string>;
  /** Whether it needs the terminal for itself. */
  readonly takesOver?: true;
}

/** Shows the processes as they change, until the user has enough. @param keys - none where nothing can be chosen. */
export async function watchStatus(options: ProcessOptions, session: Session, keys: readonly ProcessKey[] = []): Promise<Ending> {
  if (session.format.json) return watchAsDocuments(options, session);
  if (session.terminal.columns === null)
    return failed("this needs a terminal; without one, --json prints a document for each change");
  const style = await session.style();
  return new Promise((resolve) => {
    let moment: Reply<ProcessMoment> | null = null;
    let chosen = keys.length > 0 ? 0 : -1;
    let message = "";
    let shown: readonly ProcessFacts[] = [];
    const screen = new LiveScreen(press, render);
    const live = new LiveProcesses(session, (next) => {
      moment = next;
      render();
    });

    function render(): void {
      if (moment === null) return;
      if (!moment.ok) {
        screen.draw([style.red(`the daemon does not answer: ${visible(failureText(moment.failure))}`)]);
        return;
      }
      const { columns } = screen;
      shown = narrow(moment.value.processes, options).shown;
      chosen = Math.min(chosen, shown.length - 1);
      const room = screen.rows - 3 - (keys.length > 0 ? 1 : 0);
      const first = Math.max(0, Math.min(chosen - room + 1, shown.length - room));
      const part = shown.slice(first, first + room);
      const table = processTable(part, { columns, style, chosen: chosen - first, load: moment.value.load });
      const more = shown.length > part.length ? `, ${part.length} of them shown` : "";
      const footer = keys.length > 0 ? [style.dim((message || keyHelp(keys)).slice(0, columns - 1))] : [];
      screen.draw([summary(shown).slice(0, columns - 1) + more, ...table, ...footer]);
    }

    function press(name: string): void {
      if (["q", "escape", "ctrl-c", "ctrl-d"].includes(name)) {
        live.stop();
        screen.close();
        resolve(done());
        return;
      }
      if (chosen >= 0 && (name === "up" || name === "k")) chosen = Math.max(0, chosen - 1);
      if (chosen >= 0 && (name === "down" || name === "j")) chosen = Math.min(shown.length - 1, chosen + 1);
      const process = shown[chosen];
      const key = keys.find((each) => each.key === name);
      if (key !== undefined && process !== undefined) void act(key, formatNamespec(process.group, process.name));
      render();
    }

    async function act(key: ProcessKey, name: string): Promise<void> {
      message = `${visible(name)}: ${key.does} …`;
      if (key.takesOver) screen.close();
      message = await key.act(name, session);
      if (key.takesOver) screen.open();
      render();
    }

    screen.open();
    live.start();
  });
}

/** A document for each change, until the client is ended. */
function watchAsDocuments(options: ProcessOptions, session: Session): Promise<Ending> {
  return new Promise((resolve) => {
    const live = new LiveProcesses(session, (moment) => {
      if (moment.ok) {
        const { shown } = narrow(moment.value.processes, options);
        session.terminal.document(streamDocument("status", { processes: shown }));
        return;
      }
      live.stop();
      resolve(moment);
    });
    live.start();
  });
}

/** `12 processes: 10 RUNNING, 2 FATAL`. */
function summary(processes: readonly ProcessFacts[]): string {
  const counts = new Map<string, number>();
  for (const { statename } of processes) counts.set(visible(statename), (counts.get(visible(statename)) ?? 0) + 1);
  const states = [...counts].map(([state, count]) => `${count} ${state}`).join(", ");
  return `${processes.length} ${processes.length === 1 ? "process" : "processes"}${states === "" ? "" : `: ${states}`}`;
}

function keyHelp(keys: readonly ProcessKey[]): string {
  return ["arrows choose", ...keys.map(({ key, does }) => `${key} ${does}`), "q leaves"].join("   ");
}
