import { describe, expect, it } from "vitest";
import { describeConfig } from "../../src/config/describe.ts";
import { SECTIONS } from "../../src/config/keys.ts";
import { loadConfig } from "../../src/config/load.ts";
import { summarise } from "../../src/config/summary.ts";
import type { Config } from "../../src/model/config.ts";
import { aWorld } from "./ini/a-world.ts";

const INI = `[supervisord]
logfile = /tmp/t.log
pidfile = /tmp/t.pid
environment = A="1"
[inet_http_server]
port = 127.0.0.1:9001
username = u
password = secret
[unix_http_server]
file = /tmp/t.sock
chown = www:www
[rpcinterface:supervisor]
supervisor.rpcinterface_factory = supervisor.rpcinterface:make_main_rpcinterface
[program:web]
command = node server.js --port 80%(process_num)02d
process_name = %(program_name)s_%(process_num)02d
numprocs = 2
startsecs = 5
umask = 022
user = www
environment = B="2"
stdout_logfile = /tmp/web.log
stderr_logfile = NONE
[group:site]
programs = web
priority = 10
[eventlistener:mail]
command = mail
events = PROCESS_STATE_FATAL
[fcgi-program:php]
command = php
socket = unix:///tmp/php.sock
`;

const YAML = `x-rules: &rules { startretries: 3, starttime: 1, early_exit: failure, stopasgroup: false, killasgroup: false }
daemon: { logfile: /tmp/t.log, pidfile: /tmp/t.pid, env: { A: 1 } }
http:
  inet: { port: 127.0.0.1:9001, username: u, password: secret }
  unix: { file: /tmp/t.sock, owner: "www:www" }
programs:
  web:
    <<: *rules
    cmd: node server.js --port 80\${PROCESS_NUM:02d}
    numprocs: 2
    starttime: 5
    umask: 022
    user: www
    env: { B: 2 }
    stdout: /tmp/web.log
    stderr: none
groups: { site: { programs: [web], priority: 10 } }
listeners: { mail: { <<: *rules, cmd: mail, events: [PROCESS_STATE_FATAL] } }
fcgi: { php: { <<: *rules, cmd: php, socket: "unix:///tmp/php.sock" } }
`;

function loaded(path: string, text: string): Config {
  const outcome = loadConfig(path, aWorld({ [path]: text }));
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.errors));
  return outcome.value;
}

describe("the description of a configuration", () => {
  const ini = describeConfig(loaded("/etc/t.conf", INI));
  const yaml = describeConfig(loaded("/etc/t.yaml", YAML));

  it("is the same for equal files of both dialects", () => {
    const same = { path: "", files: [] };
    expect({ ...yaml, ...same }).toEqual({ ...ini, ...same });
  });

  it("names the files", () => {
    expect(yaml).toMatchObject({ path: "/etc/t.yaml", files: ["/etc/t.yaml"], supervisor_interface: true });
  });

  it("tells of servers, but not their passwords", () => {
    expect(ini.servers).toEqual([
      { kind: "inet", port: "127.0.0.1:9001", username: "u", password: "********" },
      { kind: "unix", file: "/tmp/t.sock", chmod: "0700", chown: "33:34", username: null, password: null },
    ]);
  });

  it("tells passwords to who asks for them", () => {
    const { servers } = describeConfig(loaded("/etc/t.conf", INI), { secrets: true });
    expect(servers[0]?.password).toBe("secret");
  });

  it("tells of every group, its kind and its processes", () => {
    expect(
      ini.groups.map(({ name, kind, priority, processes }) => [name, kind, priority, processes.map((process) => process.name)]),
    ).toEqual([
      ["mail", "eventlistener", -1, ["mail"]],
      ["site", "group", 10, ["web_00", "web_01"]],
      ["php", "fcgi-program", 999, ["php"]],
    ]);
    expect(ini.groups[0]?.listener).toEqual({
      events: ["PROCESS_STATE_FATAL"],
      buffer_size: 10,
      result_handler: "supervisor.dispatchers:default_handler",
    });
    expect(ini.groups[2]?.fcgi).toEqual({
      socket: "unix:///tmp/php.sock",
      socket_owner: null,
      socket_mode: "0700",
      socket_backlog: null,
    });
  });

  it("tells every option of a process under its INI name, defaults filled in", () => {
    expect(ini.groups[1]?.processes[1]).toEqual({
      name: "web_01",
      program: "web",
      priority: 999,
      autostart: true,
      autorestart: "unexpected",
      exitcodes: [0],
      startsecs: 5,
      startretries: 3,
      early_exit: "failure",
      stopsignal: "TERM",
      stopwaitsecs: 10,
      stopasgroup: false,
      killasgroup: false,
      command: "node server.js --port 8001",
      argv: ["node", "server.js", "--port", "8001"],
      directory: null,
      umask: "022",
      user: "www",
      environment: { A: "1", B: "2" },
      serverurl: "AUTO",
      redirect_stderr: false,
      tty: false,
      stdout_logfile: "/tmp/web.log",
      stdout_logfile_maxbytes: 52428800,
      stdout_logfile_backups: 10,
      stdout_capture_maxbytes: 0,
      stdout_events_enabled: false,
      stdout_syslog: false,
      stderr_logfile: "none",
      stderr_logfile_maxbytes: 52428800,
      stderr_logfile_backups: 10,
      stderr_capture_maxbytes: 0,
      stderr_events_enabled: false,
      stderr_syslog: false,
    });
  });

  it("uses the names of the table, and leaves none out", () => {
    const named = Object.entries(SECTIONS.program.keys).map(([name]) => name);
    const spread = ["process_name", "numprocs", "numprocs_start"];
    const { name, program, argv, ...process } = ini.groups[1]?.processes[0] ?? {};
    expect(Object.keys(process).sort()).toEqual(named.filter((each) => !spread.includes(each)).sort());
    const daemon = Object.keys(SECTIONS.daemon.keys).filter((each) => each !== "supervisor_interface");
    expect(Object.keys(ini.daemon).sort()).toEqual(daemon.sort());
  });

  it("survives JSON", () => {
    expect(JSON.parse(JSON.stringify(ini))).toEqual(ini);
  });
});

describe("the summary of a configuration", () => {
  it("counts what would run and tells where the daemon listens", () => {
    expect(summarise(loaded("/etc/t.yaml", YAML))).toEqual([
      "1 file: /etc/t.yaml",
      "3 groups, 4 processes (4 of them started with the daemon)",
      "1 group of event listeners",
      "listens on http://127.0.0.1:9001 with a password",
      "listens on unix:///tmp/t.sock",
    ]);
  });

  it("warns of a daemon that no client can reach", () => {
    expect(summarise(loaded("/etc/t.yaml", "programs: { a: { cmd: x, autostart: false } }\nhttp: none"))).toEqual([
      "1 file: /etc/t.yaml",
      "1 group, 1 process (0 of them started with the daemon)",
      "listens nowhere: no client can reach the daemon",
    ]);
  });
});
