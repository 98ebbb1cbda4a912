import { unescape as percentDecode } from "node:querystring";
import type { Request } from "express";

/** The path of a request, decoded and without its query. Routing compares prefixes of it, as supervisord does: `/RPC2x` is an RPC. */
export function requestPath(request: Request): string {
  const [path = ""] = request.originalUrl.split(/[?#;]/, 1);
  return percentDecode(path);
}

/** What stands behind the question mark; supervisord ignores it. */
export function requestQuery(request: Request): URLSearchParams {
  return new URLSearchParams(/\?([^#]*)/.exec(request.originalUrl)?.[1] ?? "");
}
