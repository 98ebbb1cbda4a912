import type { IncomingMessage } from "node:http";
import { unescape as percentDecode } from "node:querystring";

/** The path of a request, decoded and without its query. Routing compares prefixes of it, as supervisord does: `/RPC2x` is an RPC. */
export function requestPath({ url = "" }: IncomingMessage): string {
  const end = url.search(/[?#;]/);
  const path = end < 0 ? url : url.slice(0, end);
  return path.includes("%") ? percentDecode(path) : path;
}

/** What stands behind the question mark; supervisord ignores it. */
export function requestQuery({ url = "" }: IncomingMessage): URLSearchParams {
  return new URLSearchParams(/\?([^#]*)/.exec(url)?.[1] ?? "");
}
