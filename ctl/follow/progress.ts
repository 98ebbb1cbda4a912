import { formatNamespec } from "../../src/model/namespec.ts";
import { untilInterrupted } from "../interrupt.ts";
import { EXIT } from "../line/exit-status.ts";
import type { LongWork } from "../long-work.ts";
import { followEvents, type LiveEvent } from "../remote/live-events.ts";
import { done, type Ending } from "../remote/reply.ts";
import { cropped } from "../render/cells.ts";
import { visible } from "../render/visible.ts";
import { selectProcesses } from "../select-processes.ts";
import type { Session } from "../session.ts";
import type { Terminal } from "../terminal.ts";

/** What is over sooner needs no progress; milliseconds. */
const PATIENCE_MS = 1000;

/** Between two drawings, milliseconds. */
const DRAW_MS = 200;

/** Names of those that are waited for which a line has room for. */
const NAMED = 3;

const ERASE_LINE = "\r\u001b[K";

/**
 * Does something that the daemon may take long for, and on a screen shows how far it is. Ctrl-C ends the waiting and nothing else: the
 * daemon goes on.
 * @param work - prints to the terminal that it is given.
 */
export async function withProgress(
  long: LongWork,
  session: Session,
  work: (terminal: Terminal) => Promise<Ending>,
): Promise<Ending> {
  const { terminal } = session;
  const line = new ProgressLine(long, session);
  const patience = setTimeout(() => void line.open(), PATIENCE_MS);
  try {
    const ending = await untilInterrupted((interrupted) => {
      const interruption = new Promise<"interrupted">((resolve) => {
        interrupted.addEventListener("abort", () => resolve("interrupted"), { once: true });
      });
      return Promise.race([work(line.around(terminal)), interruption]);
    });
    clearTimeout(patience);
    line.close();
    if (ending !== "interrupted") {
      if (line.wasShown) terminal.line(summary(ending, long.did, line.seconds));
      return ending;
    }
    terminal.line(`no longer waiting: the daemon goes on ${long.doing}; status shows how far it is`);
    return done(EXIT.interrupted);
  } finally {
    clearTimeout(patience);
    line.close();
  }
}

/** How it ended, for those who do not want to count lines. */
function summary(ending: Ending, did: string, seconds: number): string {
  const outcomes = ending.ok && Array.isArray(ending.data) ? ending.data : [];
  const well = outcomes.filter((outcome) => outcome.result === "OK").length;
  return `${did} ${well} of ${outcomes.length} in ${seconds} s`;
}

/** One line at the bottom of what was printed, drawn again and again. */
class ProgressLine {
  readonly #long: LongWork;
  readonly #session: Session;
  readonly #stop = new AbortController();
  /** By namespec: whether it is through. */
  readonly #processes = new Map<string, boolean>();
  readonly #since = performance.now();
  #timer: NodeJS.Timeout | null = null;
  wasShown = false;

  constructor(long: LongWork, session: Session) {
    this.#long = long;
    this.#session = session;
  }

  /** Since it all began. */
  get seconds(): number {
    return Math.round((performance.now() - this.#since) / 1000);
  }

  async open(): Promise<void> {
    void followEvents(this.#session.server.access, ["PROCESS_STATE"], this.#stop.signal, (event) => this.#hear(event));
    const reply = await (await this.#session.supervisor()).getAllProcessFacts();
    if (!reply.ok || this.#stop.signal.aborted) return;
    for (const { group, name, statename } of selectProcesses(this.#long.names, reply.value).shown)
      this.#processes.set(formatNamespec(group, name), this.#long.isDone(statename));
    this.wasShown = true;
    this.#draw();
    this.#timer = setInterval(() => this.#draw(), DRAW_MS);
  }

  close(): void {
    this.#stop.abort();
    if (this.#timer === null) return;
    clearInterval(this.#timer);
    this.#timer = null;
    this.#session.terminal.raw(ERASE_LINE);
  }

  /** The terminal for what is printed meanwhile, above the line. */
  around(terminal: Terminal): Terminal {
    const above = (print: (text: string) => void) => (text: string) => {
      if (this.#timer !== null) terminal.raw(ERASE_LINE);
      print(text);
    };
    return { ...terminal, columns: terminal.columns, line: above(terminal.line), styled: above(terminal.styled) };
  }

  #hear({ data }: LiveEvent): void {
    const name = formatNamespec(String(data.group), String(data.name));
    if (this.#processes.has(name)) this.#processes.set(name, this.#long.isDone(String(data.state)));
  }

  #draw(): void {
    const waiting = [...this.#processes].flatMap(([name, isDone]) => (isDone ? [] : [name]));
    const total = this.#processes.size;
    const named = waiting.slice(0, NAMED).map(visible).join(", ");
    const more = waiting.length > NAMED ? ` and ${waiting.length - NAMED} more` : "";
    const whom = waiting.length === 0 ? "" : `, waiting for ${named}${more}`;
    const text = `${this.#long.doing}: ${total - waiting.length} of ${total} after ${this.seconds} s${whom}`;
    this.#session.terminal.raw(`${ERASE_LINE}${cropped(text, (this.#session.terminal.columns ?? 80) - 1)}`);
  }
}
