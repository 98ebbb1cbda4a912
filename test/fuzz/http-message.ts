import type { Random } from "../simulator/random.ts";

export const USERNAME = "guard";
export const PASSWORD = "pass:word";

/** The header that opens the guarded place. */
export const AUTHORIZATION = `Basic ${Buffer.from(`${USERNAME}:${PASSWORD}`).toString("base64")}`;

/** Header lines without their line ends; `null` leaves one out. */
export type Headers = Readonly<Record<string, string | null>>;

/** A request as clients send them, unless `headers` says otherwise. */
export function request(line: string, headers: Headers, body: Buffer | string = ""): Buffer {
  const all: Headers = { Host: "localhost", "User-Agent": "fuzz", Authorization: AUTHORIZATION, ...headers };
  const lines = Object.entries(all).flatMap(([name, value]) => (value === null ? [] : [`${name}: ${value}\r\n`]));
  return Buffer.concat([Buffer.from(`${line}\r\n${lines.join("")}\r\n`, "latin1"), Buffer.from(body)]);
}

/** A call with everything that belongs to it. */
export function post(body: Buffer, headers: Headers = {}): Buffer {
  return request("POST /RPC2 HTTP/1.1", { "Content-Type": "text/xml", "Content-Length": String(body.length), ...headers }, body);
}

/** Cuts a message into up to `most` pieces. */
export function cut(random: Random, bytes: Buffer, most: number): readonly Buffer[] {
  const ends = Array.from({ length: random.between(0, most - 1) }, () => random.between(0, bytes.length)).sort((a, b) => a - b);
  return [...ends, bytes.length].map((end, index) => bytes.subarray(index === 0 ? 0 : ends[index - 1], end));
}
