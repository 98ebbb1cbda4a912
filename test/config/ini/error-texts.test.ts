import { describe, expect, it } from "vitest";
import { refusals } from "./a-world.ts";

const IN_X = " in section 'program:x' (file: '/etc/s/main.conf')";

describe("supervisord's message", () => {
  it.each([
    ["priority=abc", "invalid literal for int() with base 10: 'abc'"],
    ["autostart=maybe", `not a valid boolean value: 'maybe'${IN_X}`],
    ["startsecs=abc", `invalid literal for int() with base 10: 'abc'${IN_X}`],
    ["stdout_logfile_maxbytes=5XB", `invalid literal for int() with base 10: '5xb'${IN_X}`],
    ["stopsignal=FOO", `value 'FOO' is not a valid signal name${IN_X}`],
    ["stopsignal=999", `value '999' is not a valid signal number${IN_X}`],
    ["exitcodes=0,x", `not a valid list of exit codes: '0,x'${IN_X}`],
    ["autorestart=Sometimes", `invalid 'autorestart' value 'sometimes'${IN_X}`],
    ["umask=999", `999 can not be converted to an octal type${IN_X}`],
    ["user=nosuch", `Invalid user name nosuch${IN_X}`],
    ["user=54321", `Invalid user id 54321${IN_X}`],
    ["stdout_logfile=/no/such/x.log", `The directory named as part of the path /no/such/x.log does not exist${IN_X}`],
    ["environment=FOO", `Unexpected end of key/value pairs in value 'FOO'${IN_X}`],
    ['environment=A="x', `No closing quotation${IN_X}`],
    ["numprocs=2", `%(process_num) must be present within process_name when numprocs > 1${IN_X}`],
    ["stopasgroup=true\nkillasgroup=false", `Cannot set stopasgroup=true and killasgroup=false${IN_X}`],
    ["process_name=x y", `Invalid name: 'x y' because of character: ' '${IN_X}`],
  ])("refuses the program's %j", (options, message) => {
    expect(refusals(`[supervisord]\n[program:x]\ncommand=cat\n${options}`)).toEqual([message]);
  });

  it.each([
    ["[program:x]", `program section program:x does not specify a command${IN_X}`],
    ["[program:x y]\ncommand=a", "Invalid name: 'x y' because of character: ' '"],
    ["[group:a:b]", "Invalid name: 'a:b' because of character: ':'"],
    ["[group:g]\nprograms=nope", "[group:g] names unknown program or fcgi-program nope"],
    [
      "[group:g]\nprograms=x\n[program:x]\ncommand=a\n[fcgi-program:x]\ncommand=a\nsocket=tcp://h:1",
      "[group:g] name x is ambiguous (exists as program and fcgi-program)",
    ],
    ["[eventlistener:e]\ncommand=e", '[eventlistener:e] section requires an "events" line'],
    ["[eventlistener:e]\ncommand=e\nevents=foo", "Unknown event type FOO in [eventlistener:e] events"],
    ["[eventlistener:e]\ncommand=e\nevents=EVENT\nbuffer_size=0", "[eventlistener:e] section sets invalid buffer_size (0)"],
    [
      "[eventlistener:e]\ncommand=e\nevents=EVENT\nredirect_stderr=true",
      "[eventlistener:e] section sets redirect_stderr=true but this is not allowed because it will interfere with the eventlistener protocol",
    ],
    [
      "[eventlistener:e/f]\ncommand=e\nevents=EVENT",
      "Invalid name: 'e/f' because of character: '/' in section 'eventlistener:e/f' (file: '/etc/s/main.conf')",
    ],
    ["[fcgi-program:f]\ncommand=f", '[fcgi-program:f] section requires a "socket" line'],
    ["[fcgi-program:f]\ncommand=f\nsocket=foo", "('Bad socket format %s', 'foo') in [fcgi-program:f] socket"],
    [
      "[fcgi-program:f]\ncommand=f\nsocket=tcp://h:1\nsocket_mode=0700",
      "socket_owner and socket_mode params should only be used with a Unix domain socket in [fcgi-program:f] socket",
    ],
    ["[fcgi-program:f]\ncommand=f\nsocket=tcp://h:1\nsocket_backlog=0", "Invalid socket_backlog value 0"],
    ["[fcgi-program:f]\ncommand=f\nsocket=tcp://h:1\nsocket_mode=9", "Invalid socket_mode value 9"],
    ["[fcgi-program:f]\ncommand=f\nsocket=tcp://h:1\nsocket_owner=nouser", "Invalid socket_owner value nouser"],
    ["[unix_http_server]", "section [unix_http_server] has no file value"],
    ["[unix_http_server]\nfile=/tmp/s\nchmod=9z", "Invalid chmod value 9z"],
    ["[unix_http_server]\nfile=/tmp/s\nchown=nosuch:user", "Invalid sockchown value nosuch:user"],
    [
      "[unix_http_server]\nfile=/tmp/s\nusername=u",
      "Section [unix_http_server] contains incomplete authentication: If a username or a password is specified, both the username and password must be specified",
    ],
    ["[inet_http_server]", "section [inet_http_server] has no port value"],
    ["[inet_http_server]\nport=abc", "not a valid port number: 'abc' "],
    ["[inet_http_server]\nport=h:99999", "99999 is above upper bound (65535)"],
    ["[inet_http_server]\nport=h:", "no port number specified in ''"],
    ["[rpcinterface:supervisor]", "section [rpcinterface:supervisor] does not specify a supervisor.rpcinterface_factory"],
    ["[include]", ".ini file has [include] section, but no files setting"],
    ["[x]\ngarbage line", "Source contains parsing errors: '/etc/s/main.conf'\n\t[line  3]: 'garbage line'"],
  ])("refuses the section %j", (text, message) => {
    expect(refusals(`[supervisord]\n${text}`)).toEqual([message]);
  });

  it.each([
    ["loglevel=loud", "bad logging level name 'loud'"],
    ["directory=/nope", "/nope is not an existing directory"],
    ["childlogdir=/nope", "/nope is not an existing directory"],
    ["minfds=x", "invalid literal for int() with base 10: 'x'"],
    ["nodaemon=2", "not a valid boolean value: '2'"],
    ["logfile=/nope/x.log", "The directory named as part of the path /nope/x.log does not exist"],
    ["user=nosuch", "Invalid user name nosuch"],
    [
      "identifier=%(nope)s",
      "Format string '%(nope)s' for 'supervisord.identifier' contains names ('nope') which cannot be expanded. " +
        "Available names: ENV_HOME, ENV_PATH, here",
    ],
    ["identifier=100%", "Format string '100%' for 'supervisord.identifier' is badly formatted: incomplete format"],
  ])("refuses the daemon's %j", (options, message) => {
    expect(refusals(`[supervisord]\n${options}`)).toEqual([message]);
  });

  it("refuses text before the first section", () => {
    expect(refusals("foo=bar\n")).toEqual(["File contains no section headers.\nfile: '/etc/s/main.conf', line: 1\n'foo=bar\\n'"]);
  });

  it("refuses a main file without [supervisord]", () => {
    expect(refusals("")).toEqual([".ini file does not include supervisord section"]);
  });

  it("refuses a file that is not there or cannot be read", () => {
    expect(refusals({ "other.conf": "" })).toEqual(["could not find config file /etc/s/main.conf"]);
    const unreadable = () => {
      throw Object.assign(new Error("permission denied"), { code: "EACCES" });
    };
    expect(refusals("", { world: { readFile: unreadable } })).toEqual(["could not read config file /etc/s/main.conf"]);
  });
});
