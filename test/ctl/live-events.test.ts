import { once } from "node:events";
import { createServer, type ServerResponse } from "node:http";
import { afterEach, describe, expect, it } from "vitest";
import { EventReader, followEvents, type LiveEvent } from "../../ctl/remote/live-events.ts";

function readAll(...pieces: readonly string[]): readonly LiveEvent[] {
  const heard: LiveEvent[] = [];
  const reader = new EventReader((event) => heard.push(event));
  for (const piece of pieces) reader.read(piece);
  return heard;
}

describe("a stream of events", () => {
  it("is read whatever the pieces are that it comes in", () => {
    const text = 'event: hello\ndata: {"pid":1}\n\n: still here\n\nid: 7\nevent: X\ndata: {"a":\ndata: "b"}\n\n';
    const events = [
      { type: "hello", data: { pid: 1 } },
      { type: "X", data: { a: "b" } },
    ];
    expect(readAll(text)).toEqual(events);
    expect(readAll(...text)).toEqual(events);
    expect(readAll(text.replaceAll("\n", "\r\n"))).toEqual(events);
  });

  it("leaves out what is no event of ours", () => {
    expect(readAll("event: X\n\n", "data: no json\n\n", "data: [1]\n\n", "data: null\n\n", "nonsense\n\n")).toEqual([]);
  });

  it("is given up when a line does not end", () => {
    const reader = new EventReader(() => undefined);
    expect(reader.read(`data: ${"x".repeat(5 * 1024 * 1024)}`)).toBe(false);
  });
});

describe("following", () => {
  const server = { close: () => undefined as unknown };

  afterEach(() => server.close());

  async function serve(answer: (response: ServerResponse) => void): Promise<string> {
    const created = createServer((_request, response) => answer(response)).listen(0, "127.0.0.1");
    await once(created, "listening");
    server.close = () => [created.closeAllConnections(), created.close()];
    const address = created.address();
    return `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`;
  }

  const follow = (url: string, stop = new AbortController()) => {
    const heard: LiveEvent[] = [];
    const ended = followEvents({ url, username: null, password: null }, ["PROCESS_STATE"], stop.signal, (event) => {
      heard.push(event);
      stop.abort();
    });
    return { heard, ended };
  };

  it("ends when the user has enough", async () => {
    const url = await serve((response) => response.writeHead(200).write('event: hello\ndata: {"pid":1}\n\n'));
    const { heard, ended } = follow(url);
    expect(await ended).toEqual({ ok: true, value: true });
    expect(heard).toHaveLength(1);
  });

  it("tells that a daemon has no such stream", async () => {
    const url = await serve((response) => response.writeHead(404).end());
    expect(await follow(url).ended).toEqual({ ok: true, value: false });
  });

  it("tells what keeps it from the daemon", async () => {
    const url = await serve((response) => response.writeHead(401).end());
    expect(await follow(url).ended).toMatchObject({ ok: false, failure: { kind: "http", status: 401 } });
    expect(await follow("unix:///does/not/exist").ended).toEqual({ ok: false, failure: { kind: "missing" } });
  });
});
