import { describe, expect, it } from "vitest";
import { loadIniCtl } from "../../../src/config/ini/load-ini-ctl.ts";
import { signalNumber } from "../../../src/model/signal.ts";
import { aWorld, load, loaded, refusals } from "./a-world.ts";

describe("an INI configuration", () => {
  it("is complete: every default is filled in", () => {
    const config = loaded("[supervisord]\n[program:x]\ncommand=cat 'a b'");
    expect(config.daemon).toEqual({
      identifier: "supervisor",
      logfile: { kind: "file", path: "/base/supervisord.log" },
      logfileMaxBytes: 50 * 1024 ** 2,
      logfileBackups: 10,
      logLevel: "info",
      pidfile: "/base/supervisord.pid",
      umask: 0o22,
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
    const stream = {
      log: { kind: "auto" },
      maxBytes: 50 * 1024 ** 2,
      backups: 10,
      captureMaxBytes: 0,
      eventsEnabled: false,
      syslog: false,
    };
    expect(config.groups).toEqual([
      {
        name: "x",
        priority: 999,
        listener: null,
        processes: [
          {
            group: "x",
            name: "x",
            program: "x",
            policy: {
              priority: 999,
              autostart: true,
              autorestart: "unexpected",
              exitCodes: [0],
              startMillis: 1000,
              startRetries: 3,
              earlyExit: "failure",
              stopSignal: signalNumber("TERM"),
              stopWaitMillis: 10_000,
              stopAsGroup: false,
              killAsGroup: false,
            },
            launch: {
              command: { text: "cat 'a b'", words: ["cat", "a b"], problem: null },
              directory: null,
              umask: null,
              user: null,
              environment: {},
              serverUrl: null,
              redirectStderr: false,
              tty: false,
              stdout: stream,
              stderr: stream,
              socket: null,
            },
          },
        ],
      },
    ]);
    expect(config).toMatchObject({
      path: "/etc/s/main.conf",
      files: ["/etc/s/main.conf"],
      servers: [],
      supervisorInterface: false,
    });
  });

  it("gives way to the command line, and then does not ask who its own user is", () => {
    const text = "[supervisord]\nloglevel=debug\nidentifier=file\nuser=nosuch";
    const { daemon } = loaded(text, { overrides: { identifier: "line", user: { uid: 1, gid: 1, name: "bin" } } });
    expect(daemon).toMatchObject({ logLevel: "debug", identifier: "line", user: { name: "bin" } });
  });

  it("adds the daemon's environment under that of each program, and both to the names", () => {
    const text = '[supervisord]\nenvironment=A="1",B=2\n[program:x]\nenvironment=B=3\ncommand=%(ENV_A)s %(ENV_B)s';
    const launch = loaded(text).groups[0]?.processes[0]?.launch;
    expect(launch).toMatchObject({ environment: { A: "1", B: "3" }, command: { text: "1 3" } });
  });

  it("keeps a variable of any name as plain data", () => {
    const launch = loaded("[supervisord]\n[program:x]\ncommand=x\nenvironment=__proto__=p").groups[0]?.processes[0]?.launch;
    expect(Object.entries(launch?.environment ?? {})).toEqual([["__proto__", "p"]]);
  });

  it("orders groups and processes by priority and name, names as text", () => {
    const text =
      "[program:b]\ncommand=b\nnumprocs=11\nprocess_name=%(process_num)s\n[program:a]\ncommand=a\n[program:z]\ncommand=z\npriority=1";
    const { groups } = loaded(`[supervisord]\n${text}\n[eventlistener:m]\ncommand=m\nevents=EVENT`);
    expect(groups.map(({ name, priority }) => [name, priority])).toEqual([
      ["m", -1],
      ["z", 1],
      ["a", 999],
      ["b", 999],
    ]);
    expect(groups[3]?.processes.map(({ name }) => name)).toEqual(["0", "1", "10", "2", "3", "4", "5", "6", "7", "8", "9"]);
  });

  it("keeps the first of two groups of one name, and says so", () => {
    const config = loaded("[supervisord]\n[program:a]\ncommand=p\n[eventlistener:a]\ncommand=e\nevents=EVENT");
    expect(config.groups).toHaveLength(1);
    expect(config.groups[0]?.listener).not.toBeNull();
    expect(config.notes.map(({ message }) => message)).toEqual([
      "more than one section makes a group of the name a; the first by priority is kept",
    ]);
  });

  it("keeps one process of each name in a group", () => {
    const config = loaded("[supervisord]\n[group:g]\nprograms=a,b,a\n[program:a]\ncommand=a\n[program:b]\ncommand=b");
    expect(config.groups[0]?.processes.map(({ name }) => name)).toEqual(["a", "b"]);
  });

  it("names the group, not its last good member, when a group lists an unknown program", () => {
    expect(refusals("[supervisord]\n[group:g]\nprograms=a,nope\n[program:a]\ncommand=a")).toEqual([
      "[group:g] names unknown program or fcgi-program nope",
    ]);
  });

  it("remembers the socket of a FastCGI program that is in a group", () => {
    const text =
      "[supervisord]\n[group:g]\nprograms=f\n[fcgi-program:f]\ncommand=f\nuser=www\nsocket=unix:///tmp/f.sock\nsocket_backlog=7";
    expect(loaded(text).groups[0]?.processes[0]?.launch.socket).toEqual({
      url: "unix:///tmp/f.sock",
      owner: { uid: 33, gid: 34 },
      mode: 0o700,
      backlog: 7,
    });
  });

  it("only warns of a bad socket in a group, where supervisord never looks", () => {
    const config = loaded("[supervisord]\n[group:g]\nprograms=f\n[fcgi-program:f]\ncommand=f");
    expect(config.groups[0]?.processes[0]?.launch.socket).toBeNull();
    expect(config.notes[0]?.message).toBe('[fcgi-program:f] section requires a "socket" line; the program runs without a socket');
  });

  it("takes an empty user name for no authentication", () => {
    const config = loaded("[supervisord]\n[inet_http_server:x]\nport=1\nusername=\npassword=\n[unix_http_server]\nfile=/tmp/s");
    expect(config.servers.map(({ section, credentials }) => [section, credentials])).toEqual([
      ["inet_http_server:x", null],
      ["unix_http_server", null],
    ]);
  });

  it("says which included file it cannot read, and goes on", () => {
    const world = aWorld({ "/etc/s/main.conf": "[supervisord]\n[include]\nfiles=x.conf", "/etc/s/x.conf": "" });
    const readFile = (path: string) => {
      if (path.endsWith("x.conf")) throw Object.assign(new Error("denied"), { code: "EACCES" });
      return world.readFile(path);
    };
    const config = loaded({ "main.conf": "[supervisord]\n[include]\nfiles=x.conf", "x.conf": "" }, { world: { readFile } });
    expect(config.notes).toContainEqual(
      expect.objectContaining({ level: "warn", message: 'cannot read the included file "/etc/s/x.conf": denied' }),
    );
    expect(config.files).toEqual(["/etc/s/main.conf"]);
  });

  it("is refused when a file is no text, with the reason", () => {
    const readFile = () => {
      throw new TypeError("line 3 is no UTF-8 text");
    };
    expect(refusals("", { world: { readFile } })).toEqual([
      "could not read config file /etc/s/main.conf: line 3 is no UTF-8 text",
    ]);
  });

  it("reports a mistake of a program once, though two groups list it", () => {
    const errors = refusals("[supervisord]\n[group:a]\nprograms=x\n[group:b]\nprograms=x\n[program:x]\nautostart=maybe");
    expect(errors).toEqual(["not a valid boolean value: 'maybe' in section 'program:x' (file: '/etc/s/main.conf')"]);
  });

  it("places a mistake in the included file", () => {
    const outcome = load({
      "main.conf": "[supervisord]\n[include]\nfiles=d/*",
      "d/x.ini": "\n[program:x]\ncommand=x\n\nuser=who",
    });
    expect(outcome).toMatchObject({ ok: false, errors: [{ position: { file: "/etc/s/d/x.ini", line: 5 } }] });
  });

  it("loads five thousand programs in one go", () => {
    const programs = Array.from(
      { length: 5000 },
      (_, index) => `[program:p${index}]\ncommand=sleep ${index}\nenvironment=A="%(here)s"`,
    );
    expect(loaded(`[supervisord]\n${programs.join("\n")}`).groups).toHaveLength(5000);
  });
});

describe("the control client's part of an INI configuration", () => {
  const loadCtl = (text: string) => loadIniCtl("/etc/s/main.conf", aWorld({ "/etc/s/main.conf": text }));

  it("has supervisorctl's defaults", () => {
    expect(loadCtl("[supervisorctl]")).toEqual({
      ok: true,
      value: { serverUrl: "http://localhost:9001", username: null, password: null, prompt: "supervisor", historyFile: null },
      notes: [],
    });
  });

  it("has absolute paths", () => {
    expect(
      loadCtl("[supervisorctl]\nserverurl=unix://~/s.sock\nhistory_file=%(here)s/h\nusername=u\npassword=p\nprompt=me"),
    ).toMatchObject({
      value: { serverUrl: "unix:///root/s.sock", historyFile: "/etc/s/h", username: "u", password: "p", prompt: "me" },
    });
  });

  it("is refused without [supervisorctl], and names plugins in a warning", () => {
    expect(loadCtl("[supervisord]")).toMatchObject({ errors: [{ message: ".ini file does not include supervisorctl section" }] });
    expect(loadCtl("[supervisorctl]\n[ctlplugin:x]\nsupervisor.ctl_factory=a:b")).toMatchObject({
      notes: [{ level: "warn", message: "a:b in [ctlplugin:x] is a Python plugin, which cannot be run here; it is ignored" }],
    });
  });
});
