import { describe, expect, it } from "vitest";
import { loadCtlConfig } from "../../../src/config/load-ctl.ts";
import type { CtlConfig } from "../../../src/model/config.ts";
import { aWorld } from "../ini/a-world.ts";
import { loaded, mistakes, program } from "./load.ts";

const groups = (text: string) => loaded(text).groups;

describe("groups", () => {
  const text = "programs: { a: { cmd: x }, b: { cmd: y, priority: 5 } }\n";

  it("hold their programs in the order in which they list them", () => {
    const [site] = groups(`${text}groups: { site: { programs: [a, b], priority: 10 } }`);
    expect(site).toMatchObject({ name: "site", priority: 10, processes: [{ group: "site", name: "a" }, { name: "b" }] });
  });

  it("take programs out of the groups of their own", () => {
    expect(groups(`${text}groups: { site: { programs: a } }`).map(({ name }) => name)).toEqual(["b", "site"]);
  });

  it("may share a program, and may be empty", () => {
    const all = groups(`${text}groups: { g: { programs: [a] }, h: { programs: [a] }, i: {} }`);
    expect(all.map(({ name, processes }) => [name, processes.length])).toEqual([
      ["b", 1],
      ["g", 1],
      ["h", 1],
      ["i", 0],
    ]);
  });

  it("may be called like one of their programs", () => {
    expect(groups(`${text}groups: { a: { programs: [a, b] } }`)).toMatchObject([{ name: "a", processes: [{}, {}] }]);
  });

  it("are ordered by priority, then by name", () => {
    expect(groups("programs: { c: { cmd: x }, a: { cmd: x }, b: { cmd: x, priority: 1 } }").map(({ name }) => name)).toEqual([
      "b",
      "a",
      "c",
    ]);
  });
});

describe("listeners", () => {
  it("have events and come before all programs", () => {
    const text = `${program()}listeners: { mail: { cmd: mailer, events: [PROCESS_STATE_FATAL, TICK_5], buffer_size: 100, numprocs: 2 } }`;
    expect(groups(text)[0]).toMatchObject({
      name: "mail",
      priority: -1,
      listener: {
        events: ["PROCESS_STATE_FATAL", "TICK_5"],
        bufferSize: 100,
        resultHandler: "supervisor.dispatchers:default_handler",
      },
      processes: [{ name: "mail_00", policy: { priority: 999 } }, { name: "mail_01" }],
    });
  });

  it("may have a priority, and one event without a list", () => {
    expect(groups("listeners: { mail: { cmd: x, events: EVENT, priority: 999 } }")[0]).toMatchObject({
      priority: 999,
      listener: { events: ["EVENT"], bufferSize: 10 },
    });
  });
});

describe("FastCGI programs", () => {
  const socket = (...lines: readonly string[]) =>
    groups(`fcgi:\n  php:\n    cmd: php\n${lines.map((line) => `    ${line}\n`).join("")}`)[0]?.processes[0]?.launch.socket;

  it("share a unix socket, which belongs to their user", () => {
    expect(socket("socket: unix:///run/${PROGRAM_NAME}.sock", "user: www")).toEqual({
      url: "unix:///run/php.sock",
      owner: { uid: 33, gid: 34 },
      mode: 0o700,
      backlog: null,
    });
  });

  it("leave the socket alone when their user is that of the daemon", () => {
    expect(socket("socket: unix:///run/php.sock", "user: root")?.owner).toBeNull();
  });

  it("may say who owns the socket", () => {
    const lines = ["socket: unix:///run/php.sock", "socket_owner: www:root", "socket_mode: 0770", "socket_backlog: 5"];
    expect(socket(...lines)).toEqual({ url: "unix:///run/php.sock", owner: { uid: 33, gid: 0 }, mode: 0o770, backlog: 5 });
  });

  it("may share a TCP socket", () => {
    expect(socket("socket: tcp://LOCALHOST:9000")).toEqual({
      url: "tcp://localhost:9000",
      owner: null,
      mode: null,
      backlog: null,
    });
  });
});

describe("http", () => {
  const servers = (http: string, facts = {}) => loaded(`http: ${http}`, { world: facts }).servers;
  const fallback = { kind: "unix", section: "http", mode: 0o700, owner: null, credentials: null };

  it("is one socket of root's when it is left out", () => {
    expect(loaded(program()).servers).toEqual([{ ...fallback, file: "/run/taskmaster/taskmaster.sock" }]);
    expect(servers("")).toEqual([{ ...fallback, file: "/run/taskmaster/taskmaster.sock" }]);
  });

  it("is a socket in the runtime directory of a user", () => {
    const env = { XDG_RUNTIME_DIR: "/run/user/7" };
    expect(servers("", { uid: 7, env })).toMatchObject([{ file: "/run/user/7/taskmaster/taskmaster.sock" }]);
    expect(servers("", { uid: 7, env: {} })).toMatchObject([{ file: "/tmp/taskmaster-7/taskmaster.sock" }]);
  });

  it("may be no server at all", () => {
    expect(servers("none")).toEqual([]);
  });

  it("may be a unix socket", () => {
    expect(servers('{ unix: { file: run/t.sock, mode: "0770", owner: "www:www", username: u, password: p } }')).toEqual([
      {
        kind: "unix",
        section: "http.unix",
        file: "/etc/t/run/t.sock",
        mode: 0o770,
        owner: { uid: 33, gid: 34 },
        credentials: { username: "u", password: "p" },
      },
    ]);
    expect(servers("{ unix: { file: /t.sock, chmod: 700, chown: www } }")).toMatchObject([
      { mode: 0o700, owner: { uid: 33, gid: -1 } },
    ]);
  });

  it("may have a second login, of those who only look", () => {
    const text = "{ inet: { port: 1, username: u, password: p, readonly: { username: v, password: 7 } } }";
    expect(servers(text)).toMatchObject([{ credentials: { username: "u" }, viewer: { username: "v", password: "7" } }]);
  });

  it("may be several servers, TCP first", () => {
    const text = "{ unix: [{ file: /a }, { file: /b }], inet: [{ port: 127.0.0.1:1 }, { port: 2, username: u, password: 5 }] }";
    expect(servers(text)).toMatchObject([
      { section: "http.inet[0]", host: "127.0.0.1", port: 1, credentials: null },
      { section: "http.inet[1]", host: "", port: 2, credentials: { username: "u", password: "5" } },
      { section: "http.unix[0]", file: "/a" },
      { section: "http.unix[1]", file: "/b" },
    ]);
  });

  it.each(["127.0.0.1:9001", "127.1.2.3:9001", "localhost:9001", "LOCALHOST:9001"])("needs no password on %s", (port) => {
    expect(servers(`{ inet: { port: "${port}" } }`)).toMatchObject([{ port: 9001, credentials: null }]);
  });

  it.each(["9001", '":9001"', '"*:9001"', "0.0.0.0:9001", "example.com:9001", "127.0.0.1.example.com:9001"])(
    "needs a password on %s",
    (port) => {
      expect(mistakes(`http: { inet: { port: ${port} } }`).join()).toContain("without a password");
    },
  );
});

describe("daemon", () => {
  it("has places that differ for root and for a user", () => {
    expect(loaded(program()).daemon).toEqual({
      identifier: "supervisor",
      logfile: { kind: "file", path: "/var/log/taskmasterd.log" },
      logfileMaxBytes: 50 * 1024 ** 2,
      logfileBackups: 10,
      logLevel: "info",
      pidfile: "/run/taskmaster/taskmasterd.pid",
      umask: 0o022,
      nodaemon: false,
      silent: false,
      minfds: 1024,
      minprocs: 200,
      nocleanup: false,
      childlogdir: "/tmp",
      user: null,
      directory: null,
      stripAnsi: false,
      environment: {},
      runtimedir: null,
    });
  });

  it("logs into the best folder that a user has", () => {
    const places = (env: Record<string, string>, folders: readonly string[]) => {
      const isDirectory = (path: string) => folders.includes(path);
      const { logfile, pidfile } = loaded(program(), { world: { uid: 7, env, isDirectory } }).daemon;
      return [logfile.kind === "file" ? logfile.path : logfile.kind, pidfile];
    };
    const folders = ["/state", "/home/u/.local/state", "/home/u", "/root"];
    const env = { HOME: "/home/u", XDG_STATE_HOME: "/state", XDG_RUNTIME_DIR: "/run/user/7" };
    const pidfile = "/run/user/7/taskmaster/taskmasterd.pid";
    expect(places(env, folders)).toEqual(["/state/taskmasterd.log", pidfile]);
    expect(places(env, folders.slice(1))).toEqual(["/home/u/.local/state/taskmasterd.log", pidfile]);
    expect(places(env, folders.slice(2))).toEqual(["/home/u/.taskmasterd.log", pidfile]);
    expect(places({}, folders)).toEqual(["/root/.taskmasterd.log", "/tmp/taskmaster-7/taskmasterd.pid"]);
    expect(places({}, [])).toEqual(["/tmp/taskmaster-7/taskmasterd.log", "/tmp/taskmaster-7/taskmasterd.pid"]);
  });

  it("may say everything", () => {
    const text = `daemon:
  logfile: t.log
  logfile_maxbytes: 1KB
  logfile_backups: 3
  loglevel: debug
  pidfile: /tmp/t.pid
  identifier: id
  umask: 077
  user: www
  directory: /tmp
  minfds: 1
  minprocs: 2
  nodaemon: true
  silent: true
  nocleanup: true
  childlogdir: /var/log
  strip_ansi: true
  env: { A: b }
  runtimedir: run
  supervisor_interface: false
`;
    const config = loaded(text);
    expect(config.supervisorInterface).toBe(false);
    expect(config.daemon).toEqual({
      identifier: "id",
      logfile: { kind: "file", path: "/etc/t/t.log" },
      logfileMaxBytes: 1024,
      logfileBackups: 3,
      logLevel: "debug",
      pidfile: "/tmp/t.pid",
      umask: 0o077,
      nodaemon: true,
      silent: true,
      minfds: 1,
      minprocs: 2,
      nocleanup: true,
      childlogdir: "/var/log",
      user: { uid: 33, gid: 34, name: "www" },
      directory: "/tmp",
      stripAnsi: true,
      environment: { A: "b" },
      runtimedir: "/etc/t/run",
    });
  });

  it.each(["syslog", "none"])("may log to %s", (kind) => {
    expect(loaded(`daemon: { logfile: ${kind} }`).daemon.logfile).toEqual({ kind });
  });

  it("gives way to the command line", () => {
    const { daemon } = loaded("daemon: { loglevel: debug, nodaemon: false }", { overrides: { nodaemon: true } });
    expect(daemon).toMatchObject({ logLevel: "debug", nodaemon: true });
  });
});

describe("ctl", () => {
  const ctl = async (text: string): Promise<CtlConfig> => {
    const outcome = await loadCtlConfig("/etc/t/main.yaml", aWorld({ "/etc/t/main.yaml": text }));
    if (!outcome.ok) throw new Error(JSON.stringify(outcome.errors));
    return outcome.value;
  };

  it("looks at the default place", async () => {
    const serverUrl = "unix:///run/taskmaster/taskmaster.sock";
    expect(await ctl("")).toEqual({ serverUrl, username: null, password: null, prompt: "taskmaster", historyFile: null });
  });

  it.each([
    ["{ inet: { port: 9001, username: u, password: p } }", "http://localhost:9001", "u", "p"],
    ["{ inet: { port: 127.0.0.1:9001 }, unix: { file: t.sock } }", "unix:///etc/t/t.sock", null, null],
    ["none", "http://localhost:9001", null, null],
  ])("finds the server of the same file: %s", async (http, serverUrl, username, password) => {
    expect(await ctl(`http: ${http}`)).toMatchObject({ serverUrl, username, password });
  });

  it("does not take a hash for the password", async () => {
    const found = await ctl('http: { unix: { file: /t, username: u, password: "{SHA}ab" } }');
    expect(found).toMatchObject({ username: null, password: null });
  });

  it("may say everything", async () => {
    const text =
      "ctl: { serverurl: unix://t.sock, username: u, password: p, prompt: t, history_file: h }\nhttp: { unix: { file: /x } }";
    const expected = { serverUrl: "unix:///etc/t/t.sock", username: "u", password: "p", prompt: "t", historyFile: "/etc/t/h" };
    expect(await ctl(text)).toEqual(expected);
  });

  it("does not care for mistakes in programs, or for what only the daemon must know", async () => {
    const found = await ctl("programs: { web: { cmdd: x } }\nbogus: 1\nhttp: { inet: { port: 9001 } }");
    expect(found.serverUrl).toBe("http://localhost:9001");
  });

  it("tells its own mistakes", async () => {
    await expect(ctl("ctl: { serverurl: localhost }")).rejects.toThrow("expected http://host:port or unix:///path");
  });
});

describe("include", () => {
  const main = "include: [conf.d/*.yaml, extra.yaml]\nprograms: { a: { cmd: x } }\n";

  it("reads programs, groups and listeners of other files, whose paths start from their own folder", () => {
    const { files, groups, notes } = loaded({
      "main.yaml": `${main}groups: { g: { programs: [a, b] } }`,
      "conf.d/b.yaml": "programs: { b: { cmd: '${HERE}/x', workingdir: w } }",
      "conf.d/c.txt": "nonsense: [",
      "extra.yaml": "listeners: { l: { cmd: x, events: [EVENT] } }",
    });
    expect(files).toEqual(["/etc/t/main.yaml", "/etc/t/conf.d/b.yaml", "/etc/t/extra.yaml"]);
    expect(groups.map(({ name }) => name)).toEqual(["l", "g"]);
    expect(groups[1]?.processes[1]?.launch).toMatchObject({ command: { text: "/etc/t/conf.d/x" }, directory: "/etc/t/conf.d/w" });
    expect(notes.map(({ level, message }) => [level, message])).toEqual([
      ["info", 'Included extra file "/etc/t/conf.d/b.yaml" during parsing'],
      ["info", 'Included extra file "/etc/t/extra.yaml" during parsing'],
    ]);
  });

  it("remarks that a pattern matches nothing", () => {
    expect(loaded("include: nope/*.yaml").notes).toEqual([
      {
        level: "warn",
        position: { file: "/etc/t/main.yaml", line: 1, column: 10 },
        message: 'No file matches via include "/etc/t/nope/*.yaml"',
      },
    ]);
  });

  it("reads no file twice, and never the main file again", () => {
    const { files } = loaded({ "main.yaml": "include: ['*.yaml', '*.yaml']", "b.yaml": "" });
    expect(files).toEqual(["/etc/t/main.yaml", "/etc/t/b.yaml"]);
  });

  it("tells the mistakes of all files", () => {
    const text = {
      "main.yaml": `${main}bogus: 1`,
      "extra.yaml": "programs: { a: { cmd: x }, c: { cmd: x, foo: 1 } }\ndaemon: {}",
      "conf.d/z.yaml": "x: [",
    };
    expect(mistakes(text)).toEqual([
      '3:1: cannot use the unknown key "bogus"; known are programs, groups, listeners, fcgi, http, daemon, ctl, include',
      "conf.d/z.yaml:1:5: cannot read this as YAML: the closing ] is missing",
      'extra.yaml:1:13: cannot define program "a" twice: it is already in /etc/t/main.yaml:2',
      'extra.yaml:1:41: cannot use the unknown key "foo" in program "c"',
      "extra.yaml:2:1: cannot set daemon in an included file: it belongs into /etc/t/main.yaml",
    ]);
  });
});
