import { connect, type Socket } from "node:net";
import { HttpReader } from "../engine/http-reader.ts";
import type { Peer } from "../engine/peer.ts";
import type { Step } from "../engine/step.ts";

/**
 * Sends requests over one TCP connection, each when the answer to the one before has come, and tells every answer. A connection that
 * the server has closed instead is told as that.
 */
export function http(...requests: readonly string[]): Step {
  return over("TCP", requests, (peer) => connect(peer.port, "127.0.0.1"));
}

/** The same over the unix socket. */
export function httpUnix(...requests: readonly string[]): Step {
  return over("the unix socket", requests, (peer) => connect(peer.socket));
}

/** Follows a stream until it has brought a text, and tells its head and what came. */
export function follow(path: string, until: string): Step {
  return {
    label: `follow ${path} until ${JSON.stringify(until)}`,
    async run(peer) {
      const reader = openStream(peer, path);
      const text = await reader.stream(until);
      reader.close();
      return peer.normalise(text);
    },
  };
}

/** The same, and leaves the stream open for `followOn`. */
export function beginFollowing(path: string, until: string): Step {
  return {
    label: `begin to follow ${path}, until ${JSON.stringify(until)}`,
    async run(peer) {
      const reader = openStream(peer, path);
      peer.streams.set(path, reader);
      return peer.normalise(await reader.stream(until));
    },
  };
}

/** Goes on with a stream until it has brought a text, and tells what came since. */
export function followOn(path: string, until: string): Step {
  return {
    label: `follow ${path} further, until ${JSON.stringify(until)}`,
    async run(peer) {
      const reader = peer.streams.get(path);
      if (reader === undefined) throw new Error(`nothing follows ${path}`);
      const text = await reader.more(until);
      reader.close();
      return peer.normalise(text);
    },
  };
}

function openStream(peer: Peer, path: string): HttpReader {
  const socket = connect(peer.socket);
  socket.write(`GET ${path} HTTP/1.1\r\nHost: localhost\r\n\r\n`);
  return new HttpReader(socket);
}

/** A request without its own head lines needs none: a body brings its length along. */
export function request(line: string, headers: Readonly<Record<string, string>> = {}, body = ""): string {
  const all = { Host: "localhost", ...(body === "" ? {} : { "Content-Length": String(Buffer.byteLength(body)) }), ...headers };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return `${line}\r\n${lines.join("")}\r\n${body}`;
}

/** Stands among the requests for the wait until the server closes the connection. */
export const UNTIL_CLOSED = "(wait until the server closes)";

function over(kind: string, requests: readonly string[], open: (peer: Peer) => Socket): Step {
  return {
    label: `over ${kind}: ${requests.map(firstLine).join(", ")}`,
    detail: requests.join("\n"),
    async run(peer) {
      const socket = open(peer);
      const reader = new HttpReader(socket);
      const answers: string[] = [];
      for (const text of requests) {
        if (text !== UNTIL_CLOSED) socket.write(text);
        answers.push(await (text === UNTIL_CLOSED ? reader.end() : reader.answers(countRequests(text))));
      }
      socket.destroy();
      return peer.normalise(answers.join("\n"));
    },
  };
}

function firstLine(text: string): string {
  return text.split("\r\n", 1)[0] ?? "";
}

/** Several requests that are written at once bring several answers. */
function countRequests(text: string): number {
  return Math.max(text.match(/^[A-Z]+ \S+ HTTP\/\d\.\d\r$/gm)?.length ?? 0, 1);
}
