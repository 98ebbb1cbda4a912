// biome-ignore lint/correctness/noUnresolvedImports: the bundler knows what the CommonJS modules export.
import { FitAddon } from "@xterm/addon-fit";
// biome-ignore lint/correctness/noUnresolvedImports: the same.
import { Terminal } from "@xterm/xterm";
import { meta } from "./api.ts";

/** Puts the terminal of a process into the page. @returns what takes it out again. */
export function openTerminal(place: HTMLElement, name: string, tell: (message: string) => void): () => void {
  const terminal = new Terminal({ cursorBlink: false, fontSize: 14, screenReaderMode: true });
  const fit = new FitAddon();
  terminal.loadAddon(fit);
  withNonce(() => terminal.open(place));
  fit.fit();
  const query = `columns=${terminal.cols}&rows=${terminal.rows}`;
  const address = new URL(`attach/${encodeURIComponent(name)}?${query}`, document.baseURI);
  address.protocol = address.protocol === "https:" ? "wss:" : "ws:";
  address.hash = "";
  const socket = new WebSocket(address);
  socket.binaryType = "arraybuffer";
  socket.addEventListener("message", ({ data }) => {
    if (typeof data !== "string") return terminal.write(new Uint8Array(data));
    const { type, pid } = JSON.parse(data);
    if (type === "ended") tell("the process has ended");
    if (type === "started" || type === "hello") tell(pid ? `pid ${pid}` : "the process does not run");
  });
  socket.addEventListener("close", () => tell("the connection has ended"));
  terminal.onData((text) => socket.readyState === WebSocket.OPEN && socket.send(new TextEncoder().encode(text)));
  terminal.onResize(({ cols: columns, rows }) => {
    if (socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify({ type: "resize", columns, rows }));
  });
  const onResize = () => fit.fit();
  window.addEventListener("resize", onResize);
  terminal.focus();
  return () => {
    window.removeEventListener("resize", onResize);
    socket.close();
    terminal.dispose();
  };
}

/** The terminal makes style sheets of its own, which the page's policy allows only with its nonce. */
function withNonce(open: () => void): void {
  const create = document.createElement;
  const nonce = meta("taskmaster-nonce");
  document.createElement = ((tag: string, options?: ElementCreationOptions) => {
    const element = create.call(document, tag, options);
    if (tag === "style") element.nonce = nonce;
    return element;
  }) as typeof document.createElement;
  try {
    open();
  } finally {
    document.createElement = create;
  }
}
