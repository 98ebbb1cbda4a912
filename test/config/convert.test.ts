import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Conversion } from "../../src/config/convert/conversion.ts";
import { loadIni } from "../../src/config/ini/load-ini.ts";
import { loadIniCtl } from "../../src/config/ini/load-ini-ctl.ts";
import { writeIni } from "../../src/config/ini/write-ini.ts";
import type { LoadOutcome } from "../../src/config/outcome.ts";
import { loadYaml } from "../../src/config/yaml/load-yaml.ts";
import { loadYamlCtl } from "../../src/config/yaml/load-yaml-ctl.ts";
import { writeYaml } from "../../src/config/yaml/write-yaml.ts";
import type { Config } from "../../src/model/config.ts";
import { formatDiagnostic } from "../../src/model/diagnostic.ts";
import { aWorld } from "./ini/a-world.ts";
import { anyConfig, anyCtl } from "./random-config.ts";

/** Files that make the folders of the default places. */
const FOLDERS = { "/run/taskmaster/x": "" };
const WORLD = aWorld(FOLDERS);

describe("any configuration", () => {
  it("can be written as YAML, and means the same there", () => {
    fc.assert(
      fc.property(anyConfig(), anyCtl(), (config, ctl) => {
        const text = written(writeYaml(config, ctl, WORLD));
        const world = aWorld({ "/etc/s/any.yaml": text, ...FOLDERS });
        expect(comparable(value(loadYaml("/etc/s/any.yaml", world, {})))).toEqual(comparable(config));
        expect(value(loadYamlCtl("/etc/s/any.yaml", world))).toEqual(ctl);
      }),
      { numRuns: 300 },
    );
  });

  it("can be written as INI, and means the same there, unless INI has no way to say it", () => {
    fc.assert(
      fc.property(anyConfig(), (config) => {
        const conversion = writeIni(config, null, WORLD);
        if (conversion.ok) {
          const world = aWorld({ "/etc/s/any.conf": conversion.text, ...FOLDERS });
          expect(comparable(value(loadIni("/etc/s/any.conf", world, {})))).toEqual(asIniSaysIt(comparable(config)));
        } else expect(conversion.problems.filter((problem) => !/^cannot write \w+ of .* as INI: /.test(problem))).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it("comes back from YAML as it was", () => {
    fc.assert(
      fc.property(anyConfig(), (config) => {
        const conversion = writeIni(config, null, WORLD);
        if (!conversion.ok) return;
        const world = aWorld({ "/etc/s/any.conf": conversion.text, ...FOLDERS });
        const yaml = written(writeYaml(value(loadIni("/etc/s/any.conf", world, {})), null, world));
        const again = aWorld({ "/etc/s/any.yaml": yaml, ...FOLDERS });
        expect(written(writeIni(value(loadYaml("/etc/s/any.yaml", again, {})), null, again))).toBe(conversion.text);
      }),
      { numRuns: 100 },
    );
  });
});

const INI = `[supervisord]
logfile = /tmp/s.log
environment = GLOBAL="1",RATE="50%%%%"
[inet_http_server]
port = 127.0.0.1:9001
username = u
password = p$\${x}
[rpcinterface:supervisor]
supervisor.rpcinterface_factory = supervisor.rpcinterface:make_main_rpcinterface
[supervisorctl]
serverurl = http://127.0.0.1:9001
username = u
password = p$\${x}
[program:web]
command = /bin/web --port=80%(process_num)02d "daemon off;" $HOME \${X} 100%%
numprocs = 12
process_name = %(program_name)s_%(process_num)02d
environment = N="%(process_num)d",B="x"
stdout_logfile = /tmp/%(process_num)d.log
autorestart = true
redirect_stderr = true
[program:a]
command = a %(group_name)s x
startsecs = 0
[program:rel]
command = b
directory = sub/dir
stdout_logfile = rel.log
exitcodes = 0,2
umask = 027
[group:g1]
programs = a,web
[group:g2]
programs = a
priority = 5
[eventlistener:el]
command = el
events = PROCESS_STATE,TICK_5
[eventlistener:late]
command = el
priority = 999
events = EVENT
[fcgi-program:php]
command = php
socket = unix:///tmp/x.sock
numprocs = 2
process_name = %(program_name)s_%(process_num)d
`;

const YAML = `x-supervisord: &supervisord
  startretries: 3
  starttime: 1
  early_exit: failure
  stopasgroup: false
  killasgroup: false

daemon:
  logfile: /tmp/s.log
  pidfile: /base/supervisord.pid
  env:
    GLOBAL: "1"
    RATE: 50%

http:
  inet:
    port: 127.0.0.1:9001
    username: u
    password: p$$$\${x}

ctl:
  prompt: supervisor

programs:
  a:
    cmd: a \${GROUP_NAME} x
    startretries: 3
    starttime: 0
    early_exit: failure
    stopasgroup: false
    killasgroup: false

  web:
    <<: *supervisord
    cmd: /bin/web --port=80\${PROCESS_NUM:02d} "daemon off;" $HOME $\${X} 100%
    numprocs: 12
    autorestart: always
    env:
      N: \${PROCESS_NUM}
      B: x
    redirect_stderr: true
    stdout: /tmp/\${PROCESS_NUM}.log

  rel:
    <<: *supervisord
    cmd: b
    exitcodes: [0, 2]
    umask: "027"
    workingdir: /base/sub/dir
    stdout: /base/rel.log

fcgi:
  php:
    <<: *supervisord
    cmd: php
    process_name: php_\${PROCESS_NUM}
    numprocs: 2
    socket: unix:///tmp/x.sock

listeners:
  el:
    <<: *supervisord
    cmd: el
    events: [PROCESS_STATE, TICK_5]

  late:
    <<: *supervisord
    cmd: el
    events: [EVENT]
    priority: 999

groups:
  g2:
    programs: [a]
    priority: 5

  g1:
    programs: [a, web]
`;

describe("an INI file as YAML", () => {
  const world = aWorld({ "/etc/s/s.conf": INI });

  it("is short, readable and has its programs folded back into one entry each", () => {
    const config = value(loadIni("/etc/s/s.conf", world, {}));
    expect(written(writeYaml(config, value(loadIniCtl("/etc/s/s.conf", world)), world))).toBe(YAML);
  });

  it("is refused where YAML is stricter", () => {
    const text = "[supervisord]\n[program:x]\ncommand = x 'y\nstartretries = -1\n";
    const bad = aWorld({ "/etc/s/s.conf": text });
    expect(writeYaml(value(loadIni("/etc/s/s.conf", bad, {})), null, bad)).toEqual({
      ok: false,
      problems: [
        'cannot split cmd of program "x" into words: No closing quotation',
        'cannot use -1 for startretries in program "x": expected a whole number, at least 0',
      ],
    });
  });

  it("says so when it has no server and no supervisor interface", () => {
    const bare = aWorld({ "/etc/s/s.conf": "[supervisord]\nlogfile=/tmp/l\npidfile=/tmp/p\n" });
    expect(written(writeYaml(value(loadIni("/etc/s/s.conf", bare, {})), null, bare))).toBe(
      "daemon:\n  logfile: /tmp/l\n  pidfile: /tmp/p\n  supervisor_interface: false\n\nhttp: none\n",
    );
  });
});

describe("a YAML file as INI", () => {
  const convert = (text: string) => {
    const world = aWorld({ "/etc/s/t.yaml": text });
    return writeIni(value(loadYaml("/etc/s/t.yaml", world, {})), value(loadYamlCtl("/etc/s/t.yaml", world)), world);
  };

  it("has what differs from supervisord's defaults, and notes what supervisord cannot do", () => {
    const text =
      "daemon: { logfile: /tmp/l, pidfile: /tmp/p }\nhttp: { unix: { file: /tmp/s } }\nprograms: { web: { cmd: [a, 'b c'], numprocs: 2, env: { A: 'it''s 5%' } } }";
    expect(convert(text)).toEqual({
      ok: true,
      text: `[supervisord]
logfile = /tmp/l
pidfile = /tmp/p

[unix_http_server]
file = /tmp/s

[supervisorctl]
serverurl = unix:///tmp/s
prompt = taskmaster

[program:web]
command = a 'b c'
process_name = web_%(process_num)02d
numprocs = 2
startretries = 2
startsecs = 5
stopasgroup = true
environment = A="it's 5%%"

[rpcinterface:supervisor]
supervisor.rpcinterface_factory = supervisor.rpcinterface:make_main_rpcinterface
`,
      notes: ['early_exit finish-if-expected of program "web" is left out: supervisord knows no such option'],
    });
  });

  it.each([
    [
      "programs: { a: { cmd: x, starttime: 0.5 } }",
      'starttime of program "a" as INI: supervisord knows whole seconds only, and this is 0.5',
    ],
    [
      "programs: { a: { cmd: x, stdout: inherit } }",
      'stdout of program "a" as INI: supervisord cannot pass output on to its own stdout',
    ],
    ["programs: { a: { cmd: 'x ; y' } }", 'cmd of program "a" as INI: a ; or # after a space begins a comment'],
    [`programs: { a: { cmd: [x, "a\\nb"] } }`, 'cmd of program "a" as INI: a value has one line'],
    ["programs: { a: { cmd: x, env: { A: '\"' } } }", 'env of program "a" as INI: the value of A begins or ends with a quote'],
    [`programs: { a: { cmd: x, env: { A: "x'y\\"z" } } }`, 'env of program "a" as INI: the value of A has both kinds of quotes'],
    ["programs: { a: { cmd: x, env: { 'é': 1 } } }", 'env of program "a" as INI: it has no way to write the name "é"'],
    ["daemon: { logfile: none }", "logfile of daemon as INI: supervisord always writes an activity log"],
  ])("is refused where INI has no way to say it: %s", (text, problem) => {
    expect(convert(text)).toEqual({ ok: false, problems: [`cannot write ${problem}`] });
  });
});

function written(conversion: Conversion): string {
  if (!conversion.ok) throw new Error(conversion.problems.join("\n"));
  return conversion.text;
}

function value<Value>(outcome: LoadOutcome<Value>): Value {
  if (!outcome.ok) throw new Error(outcome.errors.map(formatDiagnostic).join("\n"));
  return outcome.value;
}

/** A configuration without what it got from its file's name. */
function comparable({ path: _, files: __, servers, ...config }: Config) {
  return { ...config, servers: servers.map(({ section: ___, ...server }) => server) };
}

function asIniSaysIt(config: ReturnType<typeof comparable>): typeof config {
  return JSON.parse(
    JSON.stringify(config).replaceAll('"finish-if-expected"', '"failure"').replaceAll('"tty":true', '"tty":false'),
  );
}
