import { once } from "node:events";
import type { Socket } from "node:net";
import { describe, expect, it } from "vitest";
import { EventReader, type LiveEvent } from "../../ctl/remote/live-events.ts";
import type { EventFeed } from "../../src/http/live-events.ts";
import type { ProcessStateEvent, SupervisorEvent } from "../../src/model/event.ts";
import { waitFor } from "../support/wait.ts";
import { type FakeServer, startFakeServer } from "./fake-server.ts";

/** A source of events that counts who watches it. */
function aFeed() {
  const watchers = new Set<(event: SupervisorEvent) => void>();
  const feed: EventFeed = {
    watch(watcher) {
      watchers.add(watcher);
      return () => void watchers.delete(watcher);
    },
  };
  return { feed, watchers, publish: (event: SupervisorEvent) => watchers.forEach((watch) => void watch(event)) };
}

const DEATH: ProcessStateEvent = {
  kind: "process-state",
  group: "g",
  process: "a",
  state: "EXITED",
  from: "RUNNING",
  pid: 7,
  tries: 0,
  expected: false,
  exit: { kind: "signalled", signal: 9 as never, coreDumped: false },
};

async function read(server: FakeServer, path = "/events") {
  const socket: Socket = await server.connect();
  const events: LiveEvent[] = [];
  const reader = new EventReader((event) => events.push(event));
  let text = "";
  socket.setEncoding("utf8").on("data", (piece: string) => {
    text += piece;
    // The chunks' sizes are lines that mean nothing to a reader of events.
    reader.read(piece);
  });
  socket.write(`GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\n\r\n`);
  return { socket, events, text: () => text, next: (count: number) => waitFor(`${count} events`, () => events.length >= count) };
}

describe("a reader of /events", () => {
  it("is greeted, and then hears what happens", async () => {
    const { feed, publish } = aFeed();
    const reader = await read(await startFakeServer({ feed }));
    await reader.next(1);
    publish(DEATH);
    publish({ kind: "group-changed", group: "g" });
    await reader.next(3);
    expect(reader.text()).toContain("Content-Type: text/event-stream");
    expect(reader.events).toEqual([
      { type: "hello", data: { pid: 1 } },
      {
        type: "PROCESS_STATE_EXITED",
        data: {
          type: "PROCESS_STATE_EXITED",
          at: expect.any(Number),
          group: "g",
          name: "a",
          state: "EXITED",
          from: "RUNNING",
          pid: 7,
          tries: 0,
          expected: false,
          exit_code: -1,
          exit_signal: "SIGKILL",
        },
      },
      { type: "PROCESS_GROUP_CHANGED", data: expect.objectContaining({ group: "g" }) },
    ]);
  });

  it("hears only what it asked for", async () => {
    const { feed, publish } = aFeed();
    const reader = await read(await startFakeServer({ feed }), "/events?types=PROCESS_STATE_FATAL,SUPERVISOR_STATE_CHANGE");
    await reader.next(1);
    publish(DEATH);
    publish({ ...DEATH, state: "FATAL" });
    publish({ kind: "supervisor-state", state: "STOPPING" });
    await reader.next(3);
    expect(reader.events.map(({ type }) => type)).toEqual(["hello", "PROCESS_STATE_FATAL", "SUPERVISOR_STATE_CHANGE_STOPPING"]);
  });

  it("does not hear what programs write unless it asks for it", async () => {
    const { feed, publish } = aFeed();
    const server = await startFakeServer({ feed });
    const [usual, curious] = [await read(server), await read(server, "/events?types=EVENT")];
    await Promise.all([usual.next(1), curious.next(1)]);
    const data = Buffer.from("caf\u00e9 \u001b[31m<script>\n");
    publish({ kind: "process-log", group: "g", process: "a", pid: 7, channel: "stdout", data });
    publish(DEATH);
    await Promise.all([usual.next(2), curious.next(3)]);
    expect(usual.events[1]?.type).toBe("PROCESS_STATE_EXITED");
    expect(curious.events[1]?.data).toMatchObject({ text: "caf\u00e9 \u001b[31m<script>\n", bytes: data.length });
  });

  it("is told what types there are when it asks for another", async () => {
    const { text, socket } = await read(await startFakeServer(), "/events?types=NOPE");
    await waitFor("an answer", () => text().includes("no such type of event: NOPE; there are EVENT, "));
    expect(text()).toMatch(/^HTTP\/1.1 400 /);
    socket.destroy();
  });

  it("that does not read is let go, and holds up nobody", async () => {
    const { feed, publish, watchers } = aFeed();
    const server = await startFakeServer({ feed });
    const [slow, quick] = [await read(server), await read(server)];
    await Promise.all([slow.next(1), quick.next(1)]);
    slow.socket.pause();
    const data = "x".repeat(64 * 1024);
    // More than a megabyte, and what the system's own buffers take.
    for (let sent = 10; sent <= 500; sent += 10) {
      for (let more = 0; more < 10; more++) publish({ kind: "remote-communication", type: "t", data });
      await quick.next(sent + 1);
    }
    const ended = once(slow.socket, "end");
    slow.socket.resume();
    await ended;
    expect(slow.events.length).toBeLessThan(400);
    publish(DEATH);
    await waitFor("the last event", () => quick.events.at(-1)?.type === "PROCESS_STATE_EXITED");
    expect(watchers.size).toBe(1);
  });
});

describe("with no reader", () => {
  it("nothing is watched", async () => {
    const { feed, watchers } = aFeed();
    const server = await startFakeServer({ feed });
    expect(watchers.size).toBe(0);
    const [first, second] = [await read(server), await read(server)];
    await Promise.all([first.next(1), second.next(1)]);
    expect(watchers.size).toBe(1);
    first.socket.destroy();
    second.socket.destroy();
    await waitFor("nobody to watch", () => watchers.size === 0);
  });
});

describe("a request that is no reader's", () => {
  it("is refused with words", async () => {
    const server = await startFakeServer();
    const answer = await server.exchange(`POST /events HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
    expect(answer.toString()).toMatch(/^HTTP\/1.1 405 /);
  });
});
