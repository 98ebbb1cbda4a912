import { expect, it } from "vitest";
import { mistakes, program } from "./load.ts";

it.each([
  ["programs: [", ["1:12: cannot read this as YAML: the closing ] is missing"]],
  ["programs:\n\tweb: {}", ["2:1: cannot read this as YAML: tabs are not allowed as indentation"]],
  ["a: b: c", ['1:4: cannot read this as YAML: a value that contains ": " needs quotes']],
  ["a: 1\n---\nb: 2", ["2:1: cannot read this as YAML: a file holds one document"]],
  ["programs: *nope", ["1:11: cannot follow *nope: there is no complete anchor &nope before it"]],
  ["x-a: &a [*a]", ["1:10: cannot follow *a: there is no complete anchor &a before it"]],
  ["programs:\n  web: &w\n    <<: *w\n    cmd: x", ["3:9: cannot follow *w: there is no complete anchor &w before it"]],
  ["'unclosed", ["1:10: cannot read this as YAML: the closing ' is missing"]],
  ["%YAML 3.0\n---\n[1]", ["1:7: cannot read this as YAML: unsupported YAML version 3.0"]],
  [
    "a: &x\n  b\n<<: 5",
    [
      '1:1: cannot use the unknown key "a"; known are programs, groups, listeners, fcgi, http, daemon, ctl, include',
      "3:5: cannot merge this with <<: expected an alias of a map, or a list of them",
    ],
  ],
  ["? {a: 1}\n: b", ["1:3: cannot use a map or a list as a key"]],
  [
    "x-a: !!binary aGk=\nprograms: { web: { cmd: !!foo x } }",
    ["2:25: cannot read this as YAML: unresolved tag: tag:yaml.org,2002:foo"],
  ],
])("tells mistakes of the YAML syntax: %s", (text, expected) => {
  expect(mistakes(text)).toEqual(expected);
});

it.each([
  ["just text", ['1:1: cannot use "just text" as a configuration: expected a map with the key programs']],
  ["[1, 2]", ["1:1: cannot use a list as a configuration: expected a map with the key programs"]],
  ["42", ["1:1: cannot use 42 as a configuration: expected a map with the key programs"]],
  ["progams: { web: { cmd: x } }", ['1:1: cannot use the unknown key "progams"; did you mean "programs"?']],
  ["program: {}", ['1:1: cannot use the unknown key "program"; did you mean "programs"?']],
  [
    "version: 2",
    ['1:1: cannot use the unknown key "version"; known are programs, groups, listeners, fcgi, http, daemon, ctl, include'],
  ],
  ["programs: [a]", ["1:11: cannot use a list for programs: expected a map of names, each with a map of keys"]],
  ["programs: web", ['1:11: cannot use "web" for programs: expected a map of names, each with a map of keys']],
  ["programs:\n  web: {}", ['2:3: cannot find the key "cmd" in program "web": it is required']],
  ["programs:\n  - web", ["2:3: cannot use a list for programs: expected a map of names, each with a map of keys"]],
  [program("cmd: x", "cmd: y"), ['4:5: cannot repeat the key "cmd": it is already in line 3']],
  ["programs: { web: { cmd: x } }\nprograms: {}", ['2:1: cannot repeat the key "programs": it is already in line 1']],
  ["programs:\n  web: sleep 1", ['2:8: cannot use "sleep 1" for program "web": expected a map of keys such as cmd']],
  ["programs:\n  web:", ['2:7: cannot use an empty value for program "web": expected a map of keys such as cmd']],
])("tells mistakes of the document's shape: %s", (text, expected) => {
  expect(mistakes(text)).toEqual(expected);
});

it.each([
  [program("comand: y"), ['4:5: cannot use the unknown key "comand" in program "web"; did you mean "command"?']],
  [program("cmd: x", "command: y"), ['4:5: cannot use both "cmd" and "command" in program "web": they are two names of one key']],
  [
    program("autorestrat: always"),
    ['4:5: cannot use the unknown key "autorestrat" in program "web"; did you mean "autorestart"?'],
  ],
  [program("xyzzy: 1"), ['4:5: cannot use the unknown key "xyzzy" in program "web"']],
  [
    program("startsecs: 1", "starttime: 2"),
    ['5:5: cannot use both "starttime" and "startsecs" in program "web": they are two names of one key'],
  ],
  [program("Umask: 022"), ['4:5: cannot use the unknown key "Umask" in program "web"; did you mean "umask"?']],
  [program("stop_time: 5"), ['4:5: cannot use the unknown key "stop_time" in program "web"; did you mean "stoptime"?']],
])("tells mistakes of a program's keys: %s", (text, expected) => {
  expect(mistakes(text)).toEqual(expected);
});

it.each([
  [
    "programs: { web: { cmd: '' } }",
    ['1:25: cannot use "" for cmd in program "web": expected a command line, or a list of words'],
  ],
  ["programs: { web: { cmd: 5 } }", ['1:25: cannot use 5 for cmd in program "web": expected a command line, or a list of words']],
  [
    "programs: { web: { cmd: [] } }",
    ['1:25: cannot use an empty list for cmd in program "web": expected a command line, or a list of words'],
  ],
  ["programs: { web: { cmd: [[a]] } }", ['1:26: cannot use a list for cmd[0] in program "web": expected a word']],
  ["programs: { web: { cmd: 'a \"b' } }", ['1:25: cannot split cmd of program "web" into words: No closing quotation']],
  [
    "programs: { web: { cmd: ~ } }",
    ['1:25: cannot use an empty value for cmd in program "web": expected a command line, or a list of words'],
  ],
  ["programs: { web: { cmd: '${EMPTY:-}' } }", ['1:25: cannot run an empty cmd in program "web"']],
  [program("numprocs: two"), ['4:15: cannot use "two" for numprocs in program "web": expected a whole number, at least 0']],
  [program("numprocs: -1"), ['4:15: cannot use -1 for numprocs in program "web": expected a whole number, at least 0']],
  [program("numprocs: 1.5"), ['4:15: cannot use 1.5 for numprocs in program "web": expected a whole number, at least 0']],
  [
    program('numprocs: "2"'),
    ['4:15: cannot use "2" for numprocs in program "web": expected a whole number, at least 0; write it without quotes'],
  ],
  [program("numprocs: ${N:-x}"), ['4:15: cannot use "x" for numprocs in program "web": expected a whole number, at least 0']],
  [program("startretries: -1"), ['4:19: cannot use -1 for startretries in program "web": expected a whole number, at least 0']],
  [
    program("startretries: many"),
    ['4:19: cannot use "many" for startretries in program "web": expected a whole number, at least 0'],
  ],
  [program("priority: high"), ['4:15: cannot use "high" for priority in program "web": expected a whole number']],
  [
    program("numprocs: 2", "process_name: web"),
    ['5:19: cannot name the 2 processes of program "web" alike (web): process_name must contain ${PROCESS_NUM}'],
  ],
  [
    program("numprocs: ${PROCESS_NUM}"),
    [
      '4:15: cannot expand ${PROCESS_NUM}: it is known only in cmd, process_name, workingdir, env, stdout and stderr of a program (in numprocs of program "web")',
    ],
  ],
  [program("process_name: a b"), ['4:19: cannot use "a b" for process_name in program "web": a name cannot contain " "']],
  [program("process_name: a:b"), ['4:19: cannot use "a:b" for process_name in program "web": a name cannot contain ":"']],
  [program("process_name: ''"), ['4:19: cannot use "" for process_name in program "web": a process needs a name']],
  [program("umask: 999"), ['4:12: cannot use 999 for umask in program "web": expected an octal number up to 0777, such as 022']],
  [
    program("umask: 1777"),
    ['4:12: cannot use 1777 for umask in program "web": expected an octal number up to 0777, such as 022'],
  ],
  [
    program("umask: u=rwx"),
    ['4:12: cannot use "u=rwx" for umask in program "web": expected an octal number up to 0777, such as 022'],
  ],
  [program("umask: -22"), ['4:12: cannot use -22 for umask in program "web": expected an octal number up to 0777, such as 022']],
  [
    program("umask: 0x1F"),
    ['4:12: cannot use 0x1F for umask in program "web": expected an octal number up to 0777, such as 022'],
  ],
  [
    program("autostart: yes"),
    ['4:16: cannot use "yes" for autostart in program "web": expected true or false; did you mean true?'],
  ],
  [program("autostart: 1"), ['4:16: cannot use 1 for autostart in program "web": expected true or false; did you mean true?']],
  [
    program('autostart: "true"'),
    ['4:16: cannot use "true" for autostart in program "web": expected true or false; write it without quotes'],
  ],
  [program("autostart: maybe"), ['4:16: cannot use "maybe" for autostart in program "web": expected true or false']],
  [
    program("autorestart: sometimes"),
    ['4:18: cannot use "sometimes" for autorestart in program "web": expected "unexpected", "always", "never", true or false'],
  ],
  [
    program("autorestart: allways"),
    [
      '4:18: cannot use "allways" for autorestart in program "web": expected "unexpected", "always", "never", true or false; did you mean always?',
    ],
  ],
  [
    program("autorestart: no"),
    [
      '4:18: cannot use "no" for autorestart in program "web": expected "unexpected", "always", "never", true or false; did you mean false?',
    ],
  ],
  [program("redirect_stderr: [true]"), ['4:22: cannot use a list for redirect_stderr in program "web": expected true or false']],
  [
    program("exitcodes: 256"),
    [
      '4:16: cannot use 256 for exitcodes in program "web": expected a number from 0 to 255, a list of them, or a text such as "0,2"',
    ],
  ],
  [
    program("exitcodes: -1"),
    [
      '4:16: cannot use -1 for exitcodes in program "web": expected a number from 0 to 255, a list of them, or a text such as "0,2"',
    ],
  ],
  [
    program("exitcodes: [0, 300, x]"),
    [
      '4:20: cannot use 300 for exitcodes[1] in program "web": expected a number from 0 to 255',
      '4:25: cannot use "x" for exitcodes[2] in program "web": expected a number from 0 to 255',
    ],
  ],
  [
    program("exitcodes: 0;2"),
    [
      '4:16: cannot use "0;2" for exitcodes in program "web": expected a number from 0 to 255, a list of them, or a text such as "0,2"',
    ],
  ],
  [
    program("exitcodes: {a: 1}"),
    [
      '4:16: cannot use a map for exitcodes in program "web": expected a number from 0 to 255, a list of them, or a text such as "0,2"',
    ],
  ],
  [
    program("exitcodes: [~]"),
    ['4:17: cannot use an empty value for exitcodes[0] in program "web": expected a number from 0 to 255'],
  ],
  [
    program("starttime: 5 minutes"),
    ['4:16: cannot use "5 minutes" for starttime in program "web": expected a number of seconds, or a number with ms, s, m or h'],
  ],
  [
    program("starttime: -1"),
    ['4:16: cannot use -1 for starttime in program "web": expected a number of seconds, or a number with ms, s, m or h'],
  ],
  [
    program("starttime: 1d"),
    ['4:16: cannot use "1d" for starttime in program "web": expected a number of seconds, or a number with ms, s, m or h'],
  ],
  [
    program("stoptime: .inf"),
    ['4:15: cannot use .inf for stoptime in program "web": expected a number of seconds, or a number with ms, s, m or h'],
  ],
  [
    program("stoptime: soon"),
    ['4:15: cannot use "soon" for stoptime in program "web": expected a number of seconds, or a number with ms, s, m or h'],
  ],
  [
    program("early_exit: fail"),
    ['4:17: cannot use "fail" for early_exit in program "web": expected "finish-if-expected" or "failure"'],
  ],
  [
    program("stdout_logfile_maxbytes: 5M"),
    [
      '4:30: cannot use "5M" for stdout_logfile_maxbytes in program "web": expected a number of bytes, or a number with KB, MB or GB',
    ],
  ],
  [
    program("stdout_logfile_maxbytes: 1.5MB"),
    [
      '4:30: cannot use "1.5MB" for stdout_logfile_maxbytes in program "web": expected a number of bytes, or a number with KB, MB or GB',
    ],
  ],
  [
    program("stdout_logfile_maxbytes: -1"),
    [
      '4:30: cannot use -1 for stdout_logfile_maxbytes in program "web": expected a number of bytes, or a number with KB, MB or GB',
    ],
  ],
  [
    program("stopsignal: TREM"),
    [
      '4:17: cannot use "TREM" for stopsignal in program "web": expected a signal\'s name or number, such as TERM, SIGTERM or 15; did you mean TERM?',
    ],
  ],
  [
    program("stopsignal: 99"),
    ['4:17: cannot use 99 for stopsignal in program "web": expected a signal\'s name or number, such as TERM, SIGTERM or 15'],
  ],
  [
    program("stopsignal: SIGFOO"),
    [
      '4:17: cannot use "SIGFOO" for stopsignal in program "web": expected a signal\'s name or number, such as TERM, SIGTERM or 15',
    ],
  ],
  [
    program("stopsignal: [TERM]"),
    ['4:17: cannot use a list for stopsignal in program "web": expected a signal\'s name or number, such as TERM, SIGTERM or 15'],
  ],
  [program("user: nosuch"), ['4:11: cannot use "nosuch" for user in program "web": the system knows no such user']],
  [
    program("stdout: /no/such/x.log"),
    ['4:13: cannot use "/no/such/x.log" for stdout in program "web": the directory /no/such does not exist'],
  ],
  [program("stdout: syslog"), ['4:13: cannot use "syslog" for stdout in program "web": write stdout_syslog: true instead']],
  [program("stdout: ''"), ['4:13: cannot use "" for stdout in program "web": expected a path, "auto", "none" or "inherit"']],
  [program("stderr: 5"), ['4:13: cannot use 5 for stderr in program "web": expected a path, "auto", "none" or "inherit"']],
  [program("workingdir: 5"), ['4:17: cannot use 5 for workingdir in program "web": expected a path']],
  [
    program("env: A=1"),
    ['4:10: cannot use "A=1" for env in program "web": expected a map of names and values, or a list of NAME=VALUE'],
  ],
  [program("env: [A]"), ['4:11: cannot use "A" for env[0] in program "web": expected NAME=VALUE']],
  [
    program("env: { A: [1] }"),
    ['4:15: cannot use a list for env.A in program "web": expected a text, a number, true or false ("" is an empty value)'],
  ],
  [
    program("env: { A: ~ }"),
    [
      '4:15: cannot use an empty value for env.A in program "web": expected a text, a number, true or false ("" is an empty value)',
    ],
  ],
  [program("env: { '': 1 }"), ['4:12: cannot use "" as the name of a variable in program "web"']],
  [program("env: { 'A=B': 1 }"), ['4:12: cannot use "A=B" as the name of a variable in program "web"']],
  [program("env: [{A: 1}]"), ['4:11: cannot use a map for env[0] in program "web": expected NAME=VALUE']],
  [
    program("env: { A: '${NOPE}' }"),
    ['4:15: cannot expand ${NOPE}: it is not set; write ${NOPE:-default} to give it a default (in env.A of program "web")'],
  ],
  [program("env: [ =1 ]"), ['4:12: cannot use "=1" for env[0] in program "web": expected NAME=VALUE']],
  [
    program("killasgroup: false"),
    ['4:18: cannot use false for killasgroup in program "web" while stopasgroup is true, as it is by default'],
  ],
  [
    program("stopasgroup: true", "killasgroup: false"),
    ['5:18: cannot use false for killasgroup in program "web" while stopasgroup is true'],
  ],
])("tells mistakes of a program's values: %s", (text, expected) => {
  expect(mistakes(text)).toEqual(expected);
});

it.each([
  ["programs: { 'a b': { cmd: x } }", ['1:13: cannot name program "a b": a name cannot contain " "']],
  ["programs: { 'a:b': { cmd: x } }", ['1:13: cannot name program "a:b": a name cannot contain ":"']],
  ["programs: { a/b: { cmd: x } }", ['1:13: cannot name program "a/b": a name cannot contain "/"']],
  ["programs: { '': { cmd: x } }", ['1:13: cannot name program "": a name has at least one character']],
  ["groups: { ' g': {} }", ['1:11: cannot name group " g": a name neither begins nor ends with a space']],
  [
    `${program("priority: 1")}groups: { g: { programs: [wbe] } }`,
    ['5:27: cannot find the program "wbe" of group "g"; did you mean "web"?'],
  ],
  [`${program("priority: 1")}groups: { g: { programs: [web, web] } }`, ['5:32: cannot list "web" twice in group "g"']],
  [
    `${program("priority: 1")}groups: { g: [web] }`,
    ['5:14: cannot use a list for group "g": expected a map of keys such as programs'],
  ],
  [
    `${program("priority: 1")}groups: { web: {} }`,
    ['2:3: cannot call program "web" like group "web" (/etc/t/main.yaml:5): each makes a group of that name'],
  ],
  [
    `${program("priority: 1")}listeners: { web: { cmd: x, events: [EVENT] } }`,
    ['5:14: cannot call listener "web" like program "web" (/etc/t/main.yaml:2): each makes a group of that name'],
  ],
  [
    "programs: { a: { cmd: x, process_name: p }, b: { cmd: x, process_name: p } }\ngroups: { g: { programs: [a, b] } }",
    ['2:26: cannot have two processes "p" in group "g": programs "a" and "b" both name one so'],
  ],
  [
    "fcgi: { php: { cmd: x, socket: 'tcp://a:1' } }\ngroups: { g: { programs: [php] } }",
    ['2:27: cannot list the FastCGI program "php" in group "g": its processes share a socket and make a group of their own'],
  ],
])("tells mistakes of names and groups: %s", (text, expected) => {
  expect(mistakes(text)).toEqual(expected);
});

it.each([
  ["listeners: { l: { cmd: x } }", ['1:14: cannot find the key "events" in listener "l": it is required']],
  ["listeners: { l: { events: [EVENT] } }", ['1:14: cannot find the key "cmd" in listener "l": it is required']],
  [
    "listeners: { l: { cmd: x, events: [PROCES_STATE] } }",
    [
      '1:36: cannot use "PROCES_STATE" for events[0] in listener "l": expected an event type such as PROCESS_STATE_FATAL; did you mean PROCESS_STATE?',
    ],
  ],
  [
    "listeners: { l: { cmd: x, events: [tick_5] } }",
    [
      '1:36: cannot use "tick_5" for events[0] in listener "l": expected an event type such as PROCESS_STATE_FATAL; did you mean TICK_5?',
    ],
  ],
  [
    "listeners: { l: { cmd: x, events: [EVENT], buffer_size: 0 } }",
    ['1:57: cannot use 0 for buffer_size in listener "l": expected a whole number, at least 1'],
  ],
  [
    "listeners: { l: { cmd: x, events: [EVENT], redirect_stderr: true } }",
    ['1:61: cannot use true for redirect_stderr in listener "l": its stdout carries the event protocol'],
  ],
  [
    "listeners: { l: { cmd: x, events: [EVENT], tty: true } }",
    ['1:49: cannot use true for tty in listener "l": its stdout carries the event protocol'],
  ],
  [
    "fcgi: { f: { cmd: x, socket: 'tcp://127.0.0.1:9', tty: true } }",
    ['1:56: cannot use true for tty in FastCGI program "f": its stdin is a socket'],
  ],
  [program("events: [EVENT]"), ['4:5: cannot use the unknown key "events" in program "web"; it is a key of listeners']],
  ["fcgi: { php: { cmd: x } }", ['1:9: cannot find the key "socket" in FastCGI program "php": it is required']],
  [
    "fcgi: { php: { cmd: x, socket: /run/php.sock } }",
    ['1:32: cannot use "/run/php.sock" for socket in FastCGI program "php": expected tcp://host:port or unix:///absolute/path'],
  ],
  [
    "fcgi: { php: { cmd: x, socket: 'unix://php.sock' } }",
    ['1:32: cannot use "unix://php.sock" for socket in FastCGI program "php": the path of a unix socket must be absolute'],
  ],
  [
    "fcgi: { php: { cmd: x, socket: 'tcp://h:99999' } }",
    ['1:32: cannot use "tcp://h:99999" for socket in FastCGI program "php": a port is a number from 1 to 65535'],
  ],
  [
    "fcgi: { php: { cmd: x, socket: 'tcp://h:1', socket_mode: 0700 } }",
    ['1:58: cannot use socket_mode in FastCGI program "php": only a unix socket has it'],
  ],
  [
    "fcgi: { php: { cmd: x, socket: 'unix:///a', socket_backlog: 0 } }",
    ['1:61: cannot use 0 for socket_backlog in FastCGI program "php": expected a whole number from 1 to 65535'],
  ],
  [
    "fcgi: { php: { cmd: x, socket: 'unix:///a', socket_owner: 'a:b' } }",
    ['1:59: cannot use "a:b" for socket_owner in FastCGI program "php": the system knows no such user or group'],
  ],
])("tells mistakes of listeners and FastCGI programs: %s", (text, expected) => {
  expect(mistakes(text)).toEqual(expected);
});

it.each([
  [
    "http: {}",
    [
      '1:7: cannot use an empty map for http: expected unix, inet or both; write "http: none" for no server at all, or leave http out for the default socket',
    ],
  ],
  [
    "http: 9001",
    [
      '1:7: cannot use 9001 for http: expected unix, inet or both; write "http: none" for no server at all, or leave http out for the default socket',
    ],
  ],
  ["http: { tcp: {} }", ['1:9: cannot use the unknown key "tcp" in http; known are unix, inet']],
  ["http: { unix: {} }", ['1:9: cannot find the key "file" in http.unix: it is required']],
  ["http: { inet: { port: 0 } }", ["1:23: cannot use 0 for port in http.inet: expected a port from 1 to 65535, or host:port"]],
  [
    "http: { inet: { port: 70000 } }",
    ["1:23: cannot use 70000 for port in http.inet: expected a port from 1 to 65535, or host:port"],
  ],
  [
    "http: { inet: { port: 'localhost:' } }",
    ['1:23: cannot use "localhost:" for port in http.inet: expected a port from 1 to 65535, or host:port'],
  ],
  [
    "http: { inet: { port: 9001 } }",
    [
      "1:23: cannot listen on every interface without a password: whoever reaches the port could run commands; add username and password, or listen on 127.0.0.1:9001",
    ],
  ],
  [
    "http: { inet: { port: '0.0.0.0:9001' } }",
    [
      "1:23: cannot listen on 0.0.0.0 without a password: whoever reaches the port could run commands; add username and password, or listen on 127.0.0.1:9001",
    ],
  ],
  [
    "http: { inet: [{ port: 127.0.0.1:1, pasword: x }] }",
    ['1:37: cannot use the unknown key "pasword" in http.inet[0]; did you mean "password"?'],
  ],
  [
    "http: { inet: { port: 127.0.0.1:1, username: u, password: p, readonly: { username: v, pasword: w } } }",
    [
      "1:72: cannot use readonly in http.inet without username and password",
      '1:87: cannot use the unknown key "pasword" in readonly of http.inet; did you mean "password"?',
    ],
  ],
  [
    "http: { inet: { port: 127.0.0.1:1, readonly: { username: v, password: w } } }",
    ["1:46: cannot use readonly in http.inet while everybody else needs no password: add username and password"],
  ],
  [
    "http: { inet: { port: 127.0.0.1:1, username: u, password: p, readonly: { username: u, password: w } } }",
    ["1:72: cannot use one username twice in http.inet: readonly needs another"],
  ],
  [
    "http: { inet: { port: 127.0.0.1:1, username: u, password: p, readonly: yes } }",
    ['1:72: cannot use "yes" for readonly in http.inet: expected a map of username and password'],
  ],
  ["http: { inet: { port: 127.0.0.1:1, username: u } }", ["1:46: cannot use username in http.inet without password"]],
  ["http: { unix: { file: /x, password: p } }", ["1:37: cannot use password in http.unix without username"]],
  ["http: { unix: { file: /x, username: '', password: p } }", ["1:37: cannot use an empty username in http.unix"]],
  [
    "http: { unix: { file: /x, mode: 0999 } }",
    ["1:33: cannot use 0999 for mode in http.unix: expected an octal number up to 0777, such as 022"],
  ],
  [
    "http: { unix: { file: /x, owner: nosuch } }",
    ['1:34: cannot use "nosuch" for owner in http.unix: the system knows no such user or group'],
  ],
  [
    "daemon: { loglevel: warning }",
    [
      '1:21: cannot use "warning" for loglevel in daemon: expected critical, error, warn, info, debug, trace or blather; did you mean warn?',
    ],
  ],
  [
    "daemon: { loglevel: INFO }",
    [
      '1:21: cannot use "INFO" for loglevel in daemon: expected critical, error, warn, info, debug, trace or blather; did you mean info?',
    ],
  ],
  [
    "daemon: { loglevel: loud }",
    ['1:21: cannot use "loud" for loglevel in daemon: expected critical, error, warn, info, debug, trace or blather'],
  ],
  ["daemon: { identifier: 'a b' }", ['1:23: cannot use "a b" for identifier in daemon: expected a word without spaces']],
  ["daemon: { childlogdir: /nope }", ['1:24: cannot use "/nope" for childlogdir in daemon: /nope is no existing directory']],
  ["daemon: { user: nosuch }", ['1:17: cannot use "nosuch" for user in daemon: the system knows no such user']],
  ["daemon: { logfile: /nope/x }", ['1:20: cannot use "/nope/x" for logfile in daemon: the directory /nope does not exist']],
  ["daemon: { pidfile: /nope/x }", ['1:20: cannot use "/nope/x" for pidfile in daemon: the directory /nope does not exist']],
  ["daemon: { env: 5 }", ["1:16: cannot use 5 for env in daemon: expected a map of names and values, or a list of NAME=VALUE"]],
  ["daemon: { nodaemon: on }", ['1:21: cannot use "on" for nodaemon in daemon: expected true or false; did you mean true?']],
  ["daemon: { minfds: lots }", ['1:19: cannot use "lots" for minfds in daemon: expected a whole number']],
  [
    "ctl: { server: x }",
    ['1:8: cannot use the unknown key "server" in ctl; known are serverurl, username, password, prompt, history_file'],
  ],
  ["ctl: { serverurl: ftp://x }", ['1:19: cannot use "ftp://x" for serverurl in ctl: expected http://host:port or unix:///path']],
  ["include: 5", ["1:10: cannot use 5 for include: expected a list of file patterns"]],
  ["include: { files: x }", ["1:10: cannot use a map for include: expected a list of file patterns"]],
  [
    "include: ['${NOPE}/x']",
    ["1:11: cannot expand ${NOPE}: it is not set; write ${NOPE:-default} to give it a default (in include of this file)"],
  ],
  ["http: { unix: /run/x }", ['1:15: cannot use "/run/x" for http.unix: expected a map of keys such as file']],
  ["http: { unix: [5] }", ["1:16: cannot use 5 for http.unix[0]: expected a map of keys such as file"]],
  ["daemon: x", ['1:9: cannot use "x" for daemon: expected a map of keys such as logfile']],
])("tells mistakes of servers, daemon, ctl and include: %s", (text, expected) => {
  expect(mistakes(text)).toEqual(expected);
});

it.each([
  [
    "programs: { web: { cmd: 'x ${PORT}' } }",
    ['1:25: cannot expand ${PORT}: it is not set; write ${PORT:-default} to give it a default (in cmd of program "web")'],
  ],
  [
    "programs: { web: { cmd: 'x ${PORT:?set the port}' } }",
    ['1:25: cannot expand ${PORT}: set the port (in cmd of program "web")'],
  ],
  [
    "programs: { web: { cmd: 'x ${PORT' } }",
    ['1:25: cannot expand ${PORT: its } is missing; write $$ for a dollar sign (in cmd of program "web")'],
  ],
  [
    "programs: { web: { cmd: 'x ${1}' } }",
    ['1:25: cannot expand ${1}: a name has letters, digits and underscores; write $${ for a plain ${ (in cmd of program "web")'],
  ],
  [
    "daemon: { identifier: '${PROGRAM_NAME}' }",
    ["1:23: cannot expand ${PROGRAM_NAME}: it is known only inside a program (in identifier of daemon)"],
  ],
])("tells mistakes of variables: %s", (text, expected) => {
  expect(mistakes(text)).toEqual(expected);
});

it("tells all mistakes of a file at once, in their order", () => {
  const text = `x-common: &common
  autorestart: sometimes
programs:
  web:
    <<: *common
    cmd: node server.js --port \${PORT}
    exitcodes: [0, x]
    comand: y
  api:
    <<: *common
    user: nosuch
groups:
  site: { programs: [wbe] }
`;
  expect(mistakes(text)).toEqual([
    '2:16: cannot use "sometimes" for autorestart in program "web": expected "unexpected", "always", "never", true or false',
    '6:10: cannot expand ${PORT}: it is not set; write ${PORT:-default} to give it a default (in cmd of program "web")',
    '7:20: cannot use "x" for exitcodes[1] in program "web": expected a number from 0 to 255',
    '8:5: cannot use the unknown key "comand" in program "web"; did you mean "command"?',
    '9:3: cannot find the key "cmd" in program "api": it is required',
    '11:11: cannot use "nosuch" for user in program "api": the system knows no such user',
    '13:22: cannot find the program "wbe" of group "site"; did you mean "web"?',
  ]);
});

it.each([
  ["ENOENT", "there is no such file"],
  ["EACCES", "permission denied"],
  ["EISDIR", "it is a directory"],
  ["EIO", "no luck"],
])("says why a file cannot be read: %s", (code, reason) => {
  const readFile = () => {
    throw Object.assign(new Error("no luck"), { code });
  };
  expect(mistakes("", { world: { readFile } })).toEqual([`cannot read the config file: ${reason}`]);
});
