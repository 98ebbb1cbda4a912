import { useEffect, useRef, useState } from "preact/hooks";
import { type Look, PLAIN, readAnsi } from "./ansi.ts";

/** Lines that stay in the page. */
const MAX_LINES = 3000;

/** Bytes of the past that are shown first; each "older" takes four times as much. */
const FIRST_BYTES = 16 * 1024;

const RETRY_MS = 2000;

interface LogViewProps {
  /** The stream's address. */
  readonly path: string;
  readonly label: string;
}

/** A log as it is written: follow or pause, search, wrap, older lines, download. */
export function LogView({ path, label }: LogViewProps) {
  const box = useRef<HTMLPreElement>(null);
  const [isFollowing, setFollowing] = useState(true);
  const [wraps, setWraps] = useState(true);
  const [search, setSearch] = useState("");
  const [past, setPast] = useState(FIRST_BYTES);
  const [problem, setProblem] = useState("");
  const view = useRef<LogLines | null>(null);

  useEffect(() => {
    const pre = box.current;
    if (pre === null) return;
    const lines = new LogLines(pre);
    view.current = lines;
    const stop = new AbortController();
    void readLog(`${path}?bytes=${past}`, stop.signal, lines, setProblem);
    return () => stop.abort();
  }, [path, past]);

  useEffect(() => {
    if (view.current !== null) view.current.isFollowing = isFollowing;
  }, [isFollowing, path, past]);

  useEffect(() => view.current?.search(search), [search, path, past]);

  return (
    <div class="log">
      <div class="toolbar">
        <button type="button" aria-pressed={isFollowing} onClick={() => setFollowing(!isFollowing)}>
          {isFollowing ? "Pause" : "Follow"}
        </button>
        <button type="button" aria-pressed={wraps} onClick={() => setWraps(!wraps)}>
          Wrap
        </button>
        <button type="button" onClick={() => setPast(past * 4)}>
          Older
        </button>
        <a class="button" href={`${path}?bytes=999999999999&follow=false`} download={`${label}.log`}>
          Download
        </a>
        <label>
          Search
          <input type="search" value={search} onInput={(event) => setSearch(event.currentTarget.value)} />
        </label>
        <span role="status">{problem}</span>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard. */}
      <pre ref={box} class={wraps ? "lines wraps" : "lines"} tabIndex={0} role="log" aria-label={label} aria-live="off" />
    </div>
  );
}

/** Reads a stream until it is not wanted any more; when it breaks, it is read again. */
async function readLog(path: string, stop: AbortSignal, lines: LogLines, tell: (problem: string) => void): Promise<void> {
  while (!stop.aborted) {
    try {
      const response = await fetch(path, { signal: stop });
      if (!response.ok || response.body === null) {
        tell(response.status === 404 ? "there is no log" : `the daemon answered ${response.status}`);
        return;
      }
      tell("");
      lines.clear();
      const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
      for (let piece = await reader.read(); !piece.done; piece = await reader.read()) lines.add(piece.value);
    } catch {
      if (stop.aborted) return;
    }
    if (stop.aborted) return;
    tell("the stream has ended; trying again");
    await new Promise((next) => setTimeout(next, RETRY_MS));
  }
}

/** Puts lines into the page once a frame, and takes the oldest out again. Everything goes in as text. */
class LogLines {
  readonly #box: HTMLElement;
  #waiting: string[] = [];
  #rest = "";
  #look: Look = PLAIN;
  #search = "";
  #isDue = false;
  #isAtEnd = true;
  isFollowing = true;

  constructor(box: HTMLElement) {
    this.#box = box;
    box.replaceChildren();
    box.addEventListener("scroll", () => {
      this.#isAtEnd = box.scrollTop + box.clientHeight >= box.scrollHeight - 4;
    });
  }

  clear(): void {
    this.#waiting = [];
    this.#rest = "";
    this.#look = PLAIN;
    this.#box.replaceChildren();
  }

  add(text: string): void {
    const lines = (this.#rest + text).split("\n");
    this.#rest = lines.pop() ?? "";
    // What would be taken out at once need not be put in.
    this.#waiting = [...this.#waiting, ...lines].slice(-MAX_LINES);
    if (this.#isDue) return;
    this.#isDue = true;
    requestAnimationFrame(() => this.#flush());
  }

  search(text: string): void {
    this.#search = text.toLowerCase();
    for (const line of this.#box.children) this.#mark(line as HTMLElement);
  }

  #flush(): void {
    this.#isDue = false;
    if (!this.isFollowing) {
      this.#isDue = true;
      setTimeout(() => this.#flush(), 200);
      return;
    }
    const fragment = document.createDocumentFragment();
    for (const line of this.#waiting) fragment.append(this.#lineElement(line));
    this.#waiting = [];
    this.#box.append(fragment);
    while (this.#box.childElementCount > MAX_LINES) this.#box.firstElementChild?.remove();
    if (this.#isAtEnd) this.#box.scrollTop = this.#box.scrollHeight;
  }

  #lineElement(line: string): HTMLElement {
    const element = document.createElement("div");
    const { pieces, look } = readAnsi(line, this.#look);
    this.#look = look;
    for (const { text, className, color } of pieces) {
      if (className === "" && color === "") {
        element.append(text);
        continue;
      }
      const span = document.createElement("span");
      span.className = className;
      if (color !== "") span.style.color = color;
      span.textContent = text;
      element.append(span);
    }
    if (pieces.length === 0) element.append("\u200b");
    this.#mark(element);
    return element;
  }

  #mark(line: HTMLElement): void {
    const isWanted = this.#search === "" || (line.textContent ?? "").toLowerCase().includes(this.#search);
    line.hidden = !isWanted;
  }
}
