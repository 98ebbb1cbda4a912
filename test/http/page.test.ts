import { describe, expect, it } from "vitest";
import { METHODS } from "../../src/rpc/table.ts";
import { type FakeServer, httpRequest, rpcBody, startFakeServer, TOKEN } from "./fake-server.ts";

const get = (server: FakeServer, path: string, headers: Readonly<Record<string, string>> = {}) =>
  fetch(`${server.url}${path}`, { headers, redirect: "manual" });

describe("the page", () => {
  it("comes with a policy that lets in nothing from elsewhere, and nothing inline but with the nonce of this answer", async () => {
    const server = await startFakeServer();
    const [first, second] = [await get(server, "/"), await get(server, "/index.html")];
    const html = await first.text();
    expect(first.status).toBe(200);
    const policy = first.headers.get("content-security-policy") ?? "";
    const nonce = /'nonce-([^']+)'/.exec(policy)?.[1] ?? "";
    expect(policy).toBe(
      `default-src 'none'; script-src 'self'; style-src 'self' 'nonce-${nonce}'; connect-src 'self'; img-src data:; base-uri 'none'; ` +
        "form-action 'none'; frame-ancestors 'none'",
    );
    expect(html).toContain(`content="${nonce}"`);
    expect(html).toContain(`content="${TOKEN}"`);
    expect(second.headers.get("content-security-policy")).not.toContain(nonce);
    expect(first.headers.get("x-frame-options")).toBe("DENY");
    expect(first.headers.get("cache-control")).toBe("no-store");
    // Inline scripts and styles would not run; what the page names lies beside it, wherever a proxy puts it.
    expect(html).not.toMatch(/<script>|<style|style=|onload=/);
    expect([...html.matchAll(/(?:src|href)="([^"]*)"/g)].map(([, address]) => address)).toEqual([
      "data:,",
      expect.stringMatching(/^web\/style-\w+\.css$/),
      expect.stringMatching(/^web\/terminal-\w+\.css$/),
      expect.stringMatching(/^web\/app-\w+\.js$/),
    ]);
  });

  it("is small, and kept by the browser under a name that changes with what is in it", async () => {
    const server = await startFakeServer();
    const html = await (await get(server, "/")).text();
    let size = html.length;
    for (const [, path] of html.matchAll(/(?:src|href)="(web[^"]*)"/g)) {
      const plain = await get(server, `/${path}`, { "Accept-Encoding": "identity" });
      const text = await plain.text();
      expect(plain.headers.get("cache-control")).toContain("immutable");
      const raw = await server.exchange(httpRequest(`HEAD /${path}`, { "Accept-Encoding": "gzip" }));
      expect(raw).toContain("Content-Encoding: gzip");
      size += Number(/Content-Length: (\d+)/.exec(raw)?.[1]);
      const gzipped = await get(server, `/${path}`, { "Accept-Encoding": "gzip" });
      expect(await gzipped.text()).toBe(text);
    }
    expect(size).toBeLessThan(40_000);
    expect((await get(server, "/web/no-such.js")).status).toBe(404);
    expect((await get(server, "/web/index.html")).status).toBe(404);
    expect((await get(server, "/web/..%2f..%2fpackage.json")).status).toBe(404);
  });

  it("does nothing by an address, and leads old addresses to where the same is now", async () => {
    const server = await startFakeServer();
    for (const path of ["/index.html?action=stopall", "/?action=restartall", "/index.html?processname=cat&action=stop"]) {
      const answer = await get(server, path);
      expect([answer.status, await answer.text()]).toEqual([405, expect.stringContaining("an address changes nothing here")]);
    }
    expect(server.daemon.supervisor.asked).toEqual([]);
    const log = await get(server, "/tail.html?processname=web%3Aweb_0&limit=10");
    expect([log.status, log.headers.get("location")]).toEqual([302, "./#/process/web%3Aweb_0"]);
    expect((await get(server, "/tail.html?processname=cat")).headers.get("location")).toBe("./#/process/cat%3Acat");
    expect((await get(server, "/tail.html")).headers.get("location")).toBe("./#/daemon");
  });
});

describe("legacy_get_actions", () => {
  const asked = async (path: string, headers: Readonly<Record<string, string>> = {}) => {
    const server = await startFakeServer({ server: { legacyGetActions: true } });
    const answer = await get(server, path, headers);
    return [answer.status, answer.headers.get("location"), server.daemon.supervisor.asked];
  };

  it("does what an address of supervisord's page says, and leads to the page", async () => {
    expect(await asked("/index.html?action=stopall")).toEqual([
      303,
      "./?message=stopall%20done",
      [expect.stringContaining("stop")],
    ]);
    expect(await asked("/?processname=cat&action=start")).toEqual([
      303,
      "./?message=cat%3A%20start%20done",
      [expect.stringContaining("start")],
    ]);
    expect(await asked("/index.html?action=start&processname=nope")).toEqual([
      303,
      "./?message=nope%3A%20BAD_NAME%3A%20nope",
      [],
    ]);
    expect(await asked("/index.html?action=refresh")).toEqual([303, "./?message=refresh%20done", []]);
    expect(await asked("/index.html?action=constructor")).toEqual([404, null, []]);
  });

  it("does nothing for a page of another site", async () => {
    expect(await asked("/index.html?action=stopall", { "Sec-Fetch-Site": "cross-site" })).toEqual([403, null, []]);
    expect(await asked("/index.html?action=stopall", { Origin: "http://evil.example" })).toEqual([403, null, []]);
  });
});

/** Every path that answers, with what an attacker could send there. */
const ROUTES: readonly string[] = [
  ...["/", "/index.html", "/tail.html", "/web/x.js", "/RPC2", "/logtail/cat", "/logtail/cat/stderr", "/mainlogtail", "/events"],
  ...["/attach/cat", "/ok.html", "/elsewhere"],
];

describe("no route changes anything", () => {
  const changes = METHODS.filter(({ name }) =>
    /shutdown|restart|start|stop|signal|clear|remove|add|upload|update|scale|setUser|send/i.test(name),
  );

  it.each(ROUTES)("by GET, from another site or without the password: %s", async (path) => {
    const server = await startFakeServer({ server: { credentials: { username: "u", password: "p" } } });
    const login = { Authorization: `Basic ${Buffer.from("u:p").toString("base64")}` };
    for (const { name } of changes) {
      const body = rpcBody(name);
      const sized = { "Content-Type": "text/xml", "Content-Length": String(Buffer.byteLength(body)) };
      const query = `${path}?action=${encodeURIComponent(name)}&processname=cat&method=${encodeURIComponent(name)}`;
      const status = async (line: string, headers: Readonly<Record<string, string>>) =>
        Number((await server.exchange(httpRequest(line, { ...sized, ...headers }, body))).split(" ")[1]);
      expect(await status(`POST ${query}`, {})).toBe(401);
      expect(await status(`POST ${query}`, { ...login, Origin: "http://evil.example" })).toBe(403);
      expect(await status(`POST ${query}`, { ...login, "Sec-Fetch-Site": "cross-site", "X-Taskmaster-Token": TOKEN })).toBe(403);
      if (!/logtail|events/.test(path)) await status(`GET ${query}`, login);
    }
    expect(server.daemon.supervisor.asked).toEqual([]);
    expect(server.daemon.updateRequests).toEqual([]);
    expect(server.daemon.stdin).toEqual([]);
    expect(server.daemon.cleared).toEqual([]);
  });
});
