import { createHash, randomBytes } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Request, RequestHandler, Response } from "express";
import { roleOf } from "./authentication.ts";
import { sendText } from "./plain-text.ts";
import { requestPath, requestQuery } from "./request-path.ts";

const TYPES: Readonly<Record<string, string>> = { js: "text/javascript;charset=utf-8", css: "text/css;charset=utf-8" };

interface Asset {
  readonly type: string;
  readonly plain: Buffer;
  readonly gzipped: Buffer;
}

export interface PageOptions {
  /** Where the build has put the page. */
  readonly folder: string;
  /** What the page's own calls carry. */
  readonly token: string;
  /** Answers an address that says what is to be done. */
  act(request: Request, response: Response): void | Promise<void>;
}

/** The answer to such an address, unless somebody has asked for more. */
export function refuseAction(_request: Request, response: Response): void {
  sendText(response, 405, "an address changes nothing here: use the page's buttons, taskmasterctl or XML-RPC");
}

/**
 * The page of the daemon: a client of the same interface as any other, that comes from here. Nothing is read before somebody asks for
 * it, and then it is kept.
 */
export class Page {
  readonly #options: PageOptions;
  #assets: ReadonlyMap<string, Asset> | null = null;
  #html = "";

  constructor(options: PageOptions) {
    this.#options = options;
  }

  /** Answers `/`, `/index.html`, `/tail.html` and what belongs to the page. */
  readonly endpoint: RequestHandler = (request, response, next) => {
    const path = requestPath(request);
    if (!isReading(request)) return next();
    if (path === "/" || path === "/index.html") {
      // supervisord does what such an address says; a link in a mail, or an image in another page, would be enough to stop everything.
      if (requestQuery(request).has("action")) return this.#options.act(request, response);
      return this.#sendPage(request, response);
    }
    if (path === "/tail.html") return showLog(request, response);
    const name = /^\/web\/([\w.-]+)$/.exec(path)?.[1];
    return name === undefined ? next() : this.#sendAsset(name, request, response, next);
  };

  #sendPage(request: Request, response: Response): void {
    this.#load();
    const nonce = randomBytes(16).toString("base64");
    const html = this.#html
      .replace("{{token}}", this.#options.token)
      .replace("{{role}}", roleOf(request))
      .replace("{{nonce}}", nonce);
    response.set({
      "Content-Type": "text/html;charset=utf-8",
      "Content-Length": String(Buffer.byteLength(html)),
      "Cache-Control": "no-store",
      "Content-Security-Policy": policy(nonce),
    });
    response.status(200).end(request.method === "HEAD" ? undefined : html);
  }

  #sendAsset(name: string, request: Request, response: Response, next: () => void): void {
    const asset = this.#load().get(name);
    if (asset === undefined) {
      next();
      return;
    }
    const isGzipped = request.acceptsEncodings("gzip") === "gzip";
    const body = isGzipped ? asset.gzipped : asset.plain;
    response.set({
      "Content-Type": asset.type,
      "Content-Length": String(body.length),
      // Its name changes with what is in it.
      "Cache-Control": "private, max-age=31536000, immutable",
      Vary: "Accept-Encoding",
      ...(isGzipped ? { "Content-Encoding": "gzip" } : {}),
    });
    response.status(200).end(request.method === "HEAD" ? undefined : body);
  }

  #load(): ReadonlyMap<string, Asset> {
    if (this.#assets !== null) return this.#assets;
    const { folder } = this.#options;
    const names = readdirSync(folder).filter((name) => Object.hasOwn(TYPES, name.split(".").at(-1) ?? ""));
    this.#html = readFileSync(join(folder, "index.html"), "utf8");
    this.#assets = new Map(
      names.map((name) => [
        name,
        {
          type: TYPES[name.split(".").at(-1) ?? ""] ?? "",
          plain: readFileSync(join(folder, name)),
          gzipped: readFileSync(join(folder, `${name}.gz`)),
        },
      ]),
    );
    return this.#assets;
  }
}

/** What only the page of this daemon knows. */
export function newPageToken(): string {
  return createHash("sha256").update(randomBytes(32)).digest("hex");
}

/** Scripts and styles come from here, or bear the nonce of this answer; nothing else is loaded, framed or sent anywhere. */
function policy(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "connect-src 'self'",
    "img-src data:",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join("; ");
}

function isReading({ method }: Request): boolean {
  return method === "GET" || method === "HEAD";
}

/** The address of a log in supervisord's page leads to the same log here. */
function showLog(request: Request, response: Response): void {
  const name = requestQuery(request).get("processname") ?? "";
  const { group, process } = parts(name);
  response.redirect(302, name === "" ? "./#/daemon" : `./#/process/${encodeURIComponent(`${group}:${process}`)}`);
}

function parts(name: string): { readonly group: string; readonly process: string } {
  const colon = name.indexOf(":");
  return colon < 0 ? { group: name, process: name } : { group: name.slice(0, colon), process: name.slice(colon + 1) };
}
