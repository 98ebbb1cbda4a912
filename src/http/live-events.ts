import type { RequestHandler, Response } from "express";
import { EVENT_TYPES, type EventType, type SupervisorEvent } from "../model/event.ts";
import { deliveredTypes } from "../model/event-type.ts";
import { liveMessage, liveTypeOf } from "./live-message.ts";
import { sendText } from "./plain-text.ts";
import { requestPath, requestQuery } from "./request-path.ts";
import type { StreamConnections } from "./stream-connections.ts";

/** Where events come from. */
export interface EventFeed {
  /** @returns ends it. */
  watch(watcher: (event: SupervisorEvent) => void): () => void;
}

/** What a reader is told first: whom it speaks to. */
export type Greeting = () => Readonly<Record<string, string | number>>;

export interface LiveEventsOptions {
  readonly feed: EventFeed;
  readonly greeting: Greeting;
}

/** What readers are told who do not say what they want: everything but what programs write. */
const USUAL_TYPES: readonly EventType[] = ["PROCESS_STATE", "PROCESS_GROUP", "SUPERVISOR_STATE_CHANGE", "REMOTE_COMMUNICATION"];

/** A tick exists only while a listener wants it. */
const UNHEARD_TYPES = new Set(deliveredTypes(["TICK"]));

/** Bytes that may wait for a reader; one that is slower than that is better off asking anew. */
const MAX_UNREAD_BYTES = 1024 * 1024;

const MAX_READERS = 200;

/** Proxies and browsers end a connection that says nothing for long; in milliseconds. */
const SIGN_OF_LIFE_MS = 25_000;

/**
 * Streams what happens as server-sent events to everyone who asks for `/events`. Nothing is watched while nobody reads; a reader that is
 * slow is let go; and there is no memory of what was sent: a reader that comes back reads the state anew.
 */
export class LiveEvents {
  readonly #options: LiveEventsOptions;
  readonly #readers = new Map<Response, ReadonlySet<EventType>>();
  #unwatch: (() => void) | null = null;
  #signsOfLife: NodeJS.Timeout | null = null;
  #sequence = 0;

  constructor(options: LiveEventsOptions) {
    this.#options = options;
  }

  /** Answers `GET /events?types=PROCESS_STATE,PROCESS_GROUP`. */
  endpoint(streams: StreamConnections): RequestHandler {
    return (request, response, next) => {
      if (requestPath(request) !== "/events") return next();
      if (request.method !== "GET") return sendText(response, 405, "events are read with GET");
      const types = wantedTypes(requestQuery(request).get("types"));
      if (typeof types === "string") return sendText(response, 400, types);
      if (this.#readers.size >= MAX_READERS) return sendText(response, 503, `too many readers: ${MAX_READERS} are connected`);
      streams.add(request.socket);
      request.resume();
      this.#add(response, types);
    };
  }

  /** Ends every stream. */
  close(): void {
    for (const response of [...this.#readers.keys()]) response.end();
  }

  #add(response: Response, types: ReadonlySet<EventType>): void {
    response.writeHead(200, {
      "Content-Type": "text/event-stream;charset=utf-8",
      "Cache-Control": "no-store",
      // A proxy that buffers would hold the events back.
      "X-Accel-Buffering": "no",
    });
    response.once("close", () => this.#remove(response));
    this.#readers.set(response, types);
    this.#unwatch ??= this.#options.feed.watch((event) => this.#tell(event));
    this.#signsOfLife ??= setInterval(() => this.#send(": still here\n\n", () => true), SIGN_OF_LIFE_MS);
    response.write(`event: hello\ndata: ${JSON.stringify(this.#options.greeting())}\n\n`);
  }

  #remove(response: Response): void {
    this.#readers.delete(response);
    if (this.#readers.size > 0) return;
    this.#unwatch?.();
    this.#unwatch = null;
    if (this.#signsOfLife !== null) clearInterval(this.#signsOfLife);
    this.#signsOfLife = null;
  }

  #tell(event: SupervisorEvent): void {
    const { type, subscription } = liveTypeOf(event);
    const isWanted = (types: ReadonlySet<EventType>) => types.has(subscription);
    if (![...this.#readers.values()].some(isWanted)) return;
    this.#sequence += 1;
    const data = JSON.stringify(liveMessage(event, Date.now() / 1000));
    this.#send(`id: ${this.#sequence}\nevent: ${type}\ndata: ${data}\n\n`, isWanted);
  }

  #send(message: string, isWanted: (types: ReadonlySet<EventType>) => boolean): void {
    for (const [response, types] of this.#readers) {
      if (!isWanted(types)) continue;
      if (response.writableLength > MAX_UNREAD_BYTES) response.destroy();
      else response.write(message);
    }
  }
}

/** The concrete types that a reader asks for, or what is wrong with them. */
function wantedTypes(text: string | null): ReadonlySet<EventType> | string {
  const names = text === null || text === "" ? USUAL_TYPES : text.split(",");
  const unknown = names.find((name) => !isEventType(name));
  if (unknown !== undefined) return `no such type of event: ${unknown}; there are ${Object.keys(EVENT_TYPES).join(", ")}`;
  return new Set(deliveredTypes(names.filter(isEventType)).filter((type) => !UNHEARD_TYPES.has(type)));
}

function isEventType(name: string): name is EventType {
  return Object.hasOwn(EVENT_TYPES, name);
}
