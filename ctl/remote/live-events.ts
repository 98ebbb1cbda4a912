import { request } from "node:http";
import { StringDecoder } from "node:string_decoder";
import { connectionFailure } from "./http-post.ts";
import { failed, type Reply } from "./reply.ts";
import { daemonTarget, type ServerAccess } from "./server-access.ts";

/** One message of the daemon's stream of events. */
export interface LiveEvent {
  /** `hello`, which comes first, or the type of the event: `PROCESS_STATE_RUNNING`. */
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** What a line may hold before the stream is given up: the daemon bounds its events to far less. */
const MAX_LINE_CHARACTERS = 4 * 1024 * 1024;

/**
 * Hears of what happens in the daemon as it happens, until `stop` is aborted or the daemon ends the stream.
 * @param types - event types, each with its subtypes; `null` for those that the daemon chooses.
 * @returns how it ended: `false` when the daemon has no such stream, as supervisord has none; `true` when it had one.
 */
export async function followEvents(
  access: ServerAccess,
  types: readonly string[] | null,
  stop: AbortSignal,
  hear: (event: LiveEvent) => void,
): Promise<Reply<boolean>> {
  const target = daemonTarget(access);
  if (target === null) return failed(`Unknown protocol for serverurl ${access.url}`);
  const path = types === null ? "/events" : `/events?types=${types.map(encodeURIComponent).join(",")}`;
  const headers = { ...target.headers, Accept: "text/event-stream" };
  return new Promise((resolve) => {
    const call = request({ ...target, headers, path, signal: stop }, (response) => {
      const { statusCode: status = 0, statusMessage: reason = "" } = response;
      if (status !== 200) {
        response.destroy();
        resolve(
          status === 404 || status === 501
            ? { ok: true, value: false }
            : { ok: false, failure: { kind: "http", status, reason } },
        );
        return;
      }
      const reader = new EventReader(hear);
      const decoder = new StringDecoder("utf8");
      response.on("data", (bytes: Buffer) => {
        if (!reader.read(decoder.write(bytes))) response.destroy();
      });
      response.on("error", () => resolve({ ok: true, value: true }));
      response.on("close", () => resolve({ ok: true, value: true }));
    });
    call.on("error", (error) =>
      resolve(stop.aborted ? { ok: true, value: true } : { ok: false, failure: connectionFailure(error) }),
    );
    call.end();
  });
}

/**
 * Reads server-sent events.
 * @see https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation
 */
export class EventReader {
  readonly #hear: (event: LiveEvent) => void;
  #rest = "";
  #type = "";
  #data: string[] = [];

  constructor(hear: (event: LiveEvent) => void) {
    this.#hear = hear;
  }

  /** @returns false when a line has no end in sight: then no sense can be made of the stream any more. */
  read(text: string): boolean {
    const lines = (this.#rest + text).split("\n");
    this.#rest = lines.pop() ?? "";
    for (const line of lines) this.#line(line.endsWith("\r") ? line.slice(0, -1) : line);
    return this.#rest.length <= MAX_LINE_CHARACTERS;
  }

  #line(line: string): void {
    if (line === "") {
      this.#dispatch();
      return;
    }
    const colon = line.indexOf(":");
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? "" : line.slice(colon + 1).replace(/^ /, "");
    if (field === "event") this.#type = value;
    if (field === "data") this.#data.push(value);
  }

  #dispatch(): void {
    const [type, text] = [this.#type, this.#data.join("\n")];
    this.#type = "";
    this.#data = [];
    const data = text === "" ? null : parseObject(text);
    if (data !== null) this.#hear({ type, data });
  }
}

/** `null` for what is no object: this client knows no such event. */
function parseObject(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}
