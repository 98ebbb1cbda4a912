import type { Random } from "../simulator/random.ts";
import type { Conversation } from "./conversation.ts";
import { hostileBody } from "./hostile-bodies.ts";
import { AUTHORIZATION, cut, type Headers, PASSWORD, post, request, USERNAME } from "./http-message.ts";
import { mutate } from "./mutate.ts";
import { isHarmless, validBody } from "./valid-calls.ts";

/** Makes up what a client says. */
type Kind = (random: Random) => Conversation;

/** @returns the name of its kind, and a conversation that does no harm to a daemon without faults. */
export function someConversation(random: Random): { readonly kind: string; readonly conversation: Conversation } {
  for (;;) {
    const kind = random.pick(DECK);
    const conversation = kind(random);
    if (isHarmless(Buffer.concat(conversation.pieces))) return { kind: kind.name, conversation };
  }
}

/** Each kind and how often it comes, relative to the others. The last two cost the most time. */
const FREQUENCIES: readonly (readonly [Kind, number])[] = [
  [rightCalls, 20],
  [mutatedBody, 60],
  [hostileCall, 30],
  [mutatedRequest, 40],
  [badLength, 10],
  [badChunks, 10],
  [pipeline, 6],
  [badCredentials, 8],
  [hostileUrl, 12],
  [logStream, 8],
  [pipelinedStreams, 1],
  [otherProtocol, 10],
  [randomBytes, 4],
  [hugeHeaders, 2],
  [halfRequest, 6],
  [slowRequest, 3],
];

const DECK: readonly Kind[] = FREQUENCIES.flatMap(([kind, frequency]) => Array.from({ length: frequency }, () => kind));

function talk(pieces: readonly Buffer[], ending: Conversation["ending"], requests = 1): Conversation {
  return { requests, pieces, ending };
}

function rightCalls(random: Random): Conversation {
  const count = random.between(1, 4);
  const calls = Array.from({ length: count }, () => post(validBody(random)));
  return talk(calls, random.chance(0.9) ? "read" : "hang up", count);
}

function mutatedBody(random: Random): Conversation {
  const count = random.between(1, 3);
  const calls = Array.from({ length: count }, () => post(mutate(random, validBody(random), validBody(random))));
  return talk(calls, "read", count);
}

function hostileCall(random: Random): Conversation {
  return talk([post(hostileBody(random))], "read");
}

function mutatedRequest(random: Random): Conversation {
  const bytes = mutate(random, post(validBody(random)), post(validBody(random), { Connection: "close" }));
  return talk(cut(random, bytes, 3), random.chance(0.8) ? "half-close" : "hang up");
}

const LENGTHS = [
  "-1",
  "+5",
  "0",
  "",
  " ",
  "1e3",
  "0x10",
  "5, 5",
  "5,6",
  "99999999999999999999",
  "18446744073709551616",
  "16777217",
  "\u{ff15}",
];

function badLength(random: Random): Conversation {
  const body = validBody(random);
  const near = String(Math.max(body.length + random.between(-20, 20), 0));
  const length = random.chance(0.5) ? near : random.pick(LENGTHS);
  const second: Headers = random.chance(0.3) ? { "content-length": random.pick([near, ...LENGTHS]) } : {};
  const coding: Headers = random.chance(0.2) ? { "Transfer-Encoding": random.pick(["chunked", "identity", "x, chunked"]) } : {};
  return talk([post(body, { "Content-Length": length, ...second, ...coding })], "half-close");
}

function badChunks(random: Random): Conversation {
  const body = validBody(random);
  const chunks = cut(random, body, 5).map((chunk) =>
    Buffer.concat([Buffer.from(chunkSize(random, chunk)), chunk, Buffer.from("\r\n")]),
  );
  const last = random.pick([
    "0\r\n\r\n",
    "0\r\n\r\n",
    "0\r\nX: y\r\n\r\n",
    "0\r\nContent-Length: 5\r\n\r\n",
    "0",
    "",
    "-1\r\n\r\n",
  ]);
  const headers = {
    "Content-Length": null,
    "Transfer-Encoding": random.pick(["chunked", "chunked", "chunked, chunked", "Chunked", "\x0bchunked"]),
  };
  return talk([post(Buffer.concat([...chunks, Buffer.from(last)]), headers)], "half-close");
}

function chunkSize(random: Random, { length }: Buffer): string {
  const right = `${length.toString(16)}\r\n`;
  if (random.chance(0.7)) return right;
  return random.pick([
    `${(length + 1).toString(16)}\r\n`,
    "ffffffffffffffff\r\n",
    "-1\r\n",
    "x\r\n",
    "\r\n",
    `${length.toString(16)};${"e".repeat(20_000)}\r\n`,
    `0x${right}`,
    `${length.toString(16)}\n`,
  ]);
}

function pipeline(random: Random): Conversation {
  const count = random.between(5, 40);
  const calls = Array.from({ length: count }, () =>
    random.chance(0.2)
      ? request("GET /ok.html HTTP/1.1", {})
      : post(validBody(random), random.chance(0.02) ? { Connection: "close" } : {}),
  );
  return talk([Buffer.concat(calls)], random.pick(["read", "read", "half-close", "hang up"]), count);
}

function badCredentials(random: Random): Conversation {
  const basic = (text: string): string => `Basic ${Buffer.from(text).toString("base64")}`;
  const authorization = random.pick([
    null,
    "",
    "Basic",
    "Basic ",
    "Basic !!!",
    `Bearer ${AUTHORIZATION}`,
    `Basic ${"A".repeat(10_000)}`,
    `Basic${" ".repeat(10_000)}x y`,
    ...[
      ":",
      "",
      USERNAME,
      `${USERNAME}:`,
      `:${PASSWORD}`,
      `${USERNAME}:${PASSWORD}\0`,
      `${USERNAME}\0:${PASSWORD}`,
      "__proto__:x",
    ].map(basic),
    `${AUTHORIZATION.slice(0, -3)}`,
    `Digest username="${USERNAME}"`,
  ]);
  const line = random.pick([
    "GET /ok.html HTTP/1.1",
    "GET /nope HTTP/1.1",
    "GET /logtail/watched HTTP/1.1",
    "POST /RPC2 HTTP/1.1",
  ]);
  const headers: Headers = random.chance(0.3)
    ? {
        Host: random.pick(["evil.example.com", "", "[::1", "a:b:c", "\xff", "x".repeat(5000)]),
        Origin: random.pick(["null", "http://[", "http://evil.example.com"]),
      }
    : {};
  const body = validBody(random);
  return talk([request(line, { Authorization: authorization, "Content-Length": String(body.length), ...headers }, body)], "read");
}

const URL_PARTS: readonly string[] = [
  ..."/ // /. /.. /%2e%2e /%2f %00 %0d%0a %ff %c3%28 %zz % %25 %u0041 ? # ; : * @ \\ /RPC2 /logtail /mainlogtail /ok.html /watched".split(
    " ",
  ),
  ..."/stdout /stderr /stdin :* victims:victim_00 hopeless __proto__ constructor http://[ http://a:b:c ftp://x [::1] ~ <script> é".split(
    " ",
  ),
  "/victims%3Avictim_01",
  "a".repeat(5000),
];

function hostileUrl(random: Random): Conversation {
  const start = random.pick(["/logtail/", "/mainlogtail", "/logtail", "/RPC2", "/", ""]);
  const url = start + Array.from({ length: random.between(0, 5) }, () => random.pick(URL_PARTS)).join("");
  const method = random.pick(["GET", "GET", "GET", "POST", "PUT", "OPTIONS", "DELETE"]);
  return talk([request(`${method} ${url} HTTP/1.1`, {})], random.chance(0.8) ? "read" : "half-close");
}

const STREAMS = [
  "/logtail/watched",
  "/logtail/victims:victim_00/stderr",
  "/logtail/victims%3avictim_01",
  "/mainlogtail",
  "/mainlogtail?x",
] as const;

function logStream(random: Random): Conversation {
  const version = random.pick(["1.1", "1.1", "1.0"]);
  return talk(
    [request(`GET ${random.pick(STREAMS)} HTTP/${version}`, {})],
    random.pick(["read", "read", "hang up", "half-close", "linger"]),
  );
}

/** A stream has no end, so whatever follows it on the same connection waits for ever. */
function pipelinedStreams(random: Random): Conversation {
  const count = random.between(2, 60);
  const requests = Array.from({ length: count }, () =>
    random.chance(0.7) ? request(`GET ${random.pick(STREAMS)} HTTP/1.1`, {}) : post(validBody(random)),
  );
  return talk([Buffer.concat(requests)], random.pick(["read", "hang up", "half-close"]), count);
}

function otherProtocol(random: Random): Conversation {
  const upgrade = (protocol: string): Buffer =>
    request("GET /RPC2 HTTP/1.1", {
      Connection: "Upgrade, HTTP2-Settings",
      Upgrade: protocol,
      "HTTP2-Settings": "AAMAAABk",
      "Sec-WebSocket-Key": "x",
    });
  return talk(
    [
      random.pick([
        Buffer.from("GET /ok.html\r\n"),
        Buffer.from("GET /ok.html\r\n\r\n"),
        Buffer.from("GET /ok.html HTTP/0.9\r\n\r\n"),
        Buffer.from("GET /ok.html HTTP/1.0\r\n\r\n"),
        Buffer.from("GET /ok.html HTTP/3.7\r\n\r\n"),
        Buffer.from("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x04\0\0\0\0\0", "latin1"),
        Buffer.from("\x16\x03\x01\x02\0\x01\0\x01\xfc\x03\x03", "latin1"),
        Buffer.from("\0\x01\0\x08\0\0\0\0", "latin1"),
        upgrade("websocket"),
        upgrade("h2c"),
        upgrade(""),
        request("CONNECT 127.0.0.1:22 HTTP/1.1", {}),
        request("OPTIONS * HTTP/1.1", {}),
        request("TRACE / HTTP/1.1", {}),
        request("FROBNICATE / HTTP/1.1", {}),
        request("HEAD /ok.html HTTP/1.1", {}),
        request("POST /RPC2 HTTP/1.1", { Expect: "100-continue", "Content-Length": "3" }, "abc"),
        request("POST /RPC2 HTTP/1.1", { Expect: "nonsense", "Content-Length": "3" }, "abc"),
        request("POST /RPC2 HTTP/1.1", {}),
        request("GET /ok.html HTTP/1.1", { "X ": "y", ":": "z" }),
        request("GET /ok.html HTTP/1.1\n\n", {}),
      ]),
    ],
    "half-close",
  );
}

function randomBytes(random: Random): Conversation {
  const bytes = Buffer.from(Array.from({ length: random.between(0, 3000) }, () => random.between(0, 255)));
  return talk(cut(random, bytes, 4), random.pick(["half-close", "hang up", "linger"]));
}

function hugeHeaders(random: Random): Conversation {
  const large = random.between(1000, 200_000);
  const request1 = random.pick([
    `GET /${"u".repeat(large)} HTTP/1.1\r\n\r\n`,
    `GET / HTTP/1.1\r\nX: ${"v".repeat(large)}\r\n\r\n`,
    `GET / HTTP/1.1\r\n${"n".repeat(large)}: v\r\n\r\n`,
    `GET / HTTP/1.1\r\n${"X: y\r\n".repeat(large / 6)}\r\n`,
    `${"M".repeat(large)} / HTTP/1.1\r\n\r\n`,
    "\r\n".repeat(large / 2),
  ]);
  return talk(cut(random, Buffer.from(request1), 3), "half-close");
}

/** Stops in the middle and keeps the connection. */
function halfRequest(random: Random): Conversation {
  const bytes = post(validBody(random));
  return talk([bytes.subarray(0, random.between(0, bytes.length - 1))], random.chance(0.8) ? "linger" : "half-close");
}

/** Comes in many small pieces. */
function slowRequest(random: Random): Conversation {
  return talk(cut(random, post(random.chance(0.5) ? validBody(random) : hostileBody(random)), 40), "read");
}
