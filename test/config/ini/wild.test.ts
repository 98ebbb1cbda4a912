import { describe, expect, it } from "vitest";
import { load, loaded, refusals } from "./a-world.ts";

/** The first process of `[program:x]` with these options. */
function processOf(options: string, outer = "") {
  const process = loaded(`[supervisord]\n${outer}\n[program:x]\n${options}\n`).groups[0]?.processes[0];
  if (process === undefined) throw new Error("no process");
  return process;
}

const launchOf = (options: string, outer = "") => processOf(options, outer).launch;
const commandOf = (text: string) => launchOf(text).command.text;
const warningsOf = (text: string) =>
  loaded(text)
    .notes.filter(({ level }) => level === "warn")
    .map(({ message }) => message);

describe("a file as found in the wild", () => {
  it("may lack [supervisord] when it is included, but not as the main file", () => {
    const fragment = "[program:x]\ncommand=cat\n";
    expect(refusals(fragment)).toEqual([".ini file does not include supervisord section"]);
    const config = loaded({ "main.conf": "[supervisord]\n[include]\nfiles=conf.d/*.conf\n", "conf.d/x.conf": fragment });
    expect(config.groups.map(({ name }) => name)).toEqual(["x"]);
  });

  it("has a comment after a blank cut off, quotes or not", () => {
    expect(commandOf('command=nginx -g "daemon off;" ; run')).toBe('nginx -g "daemon off;"');
    expect(commandOf('command=sh -c "a ; b"')).toBe('sh -c "a');
    expect(commandOf("command=a;b")).toBe("a;b");
  });

  it("may comment with # too, in a line of its own or behind a value", () => {
    expect(commandOf("# one\n  # two\ncommand=cat # three")).toBe("cat");
  });

  it("may hold a section or an option twice: sections are merged, the last value wins", () => {
    const text = "[supervisord]\n[program:x]\ncommand=a\npriority=1\n[program:y]\ncommand=y\n[program:x]\ncommand=b\ncommand=c";
    const [x] = loaded(text).groups;
    expect(x).toMatchObject({ name: "x", priority: 1 });
    expect(x?.processes[0]?.launch.command.text).toBe("c");
  });

  it("is warned of unknown options and sections, with what was probably meant", () => {
    const text =
      "[supervisord]\nhttp_port=9001\nautostart=true\n[program:x]\ncommand=cat\nautorestrat=true\ngroup=web\n[progam:y]\ncommand=y\n[odd]";
    expect(warningsOf(text)).toEqual([
      'unknown option "http_port" in [supervisord] is ignored',
      'unknown option "autostart" in [supervisord] is ignored',
      'unknown option "autorestrat" in [program:x] is ignored; did you mean "autorestart"?',
      'unknown option "group" in [program:x] is ignored',
      "unknown section [progam:y] is ignored; did you mean [program:…]?",
      "unknown section [odd] is ignored",
    ]);
  });

  it("may include patterns that match nothing, but not leave out the patterns", () => {
    expect(warningsOf("[supervisord]\n[include]\nfiles = none/*.conf /abs/*.ini")).toEqual([
      'No file matches via include "/etc/s/none/*.conf"',
      'No file matches via include "/abs/*.ini"',
    ]);
    expect(refusals("[supervisord]\n[include]\n")).toEqual([".ini file has [include] section, but no files setting"]);
  });

  it("may include itself", () => {
    const config = loaded({ "main.conf": "[supervisord]\n[include]\nfiles=*.conf\n[program:x]\ncommand=cat\n" });
    expect(config.groups).toHaveLength(1);
    expect(config.files).toEqual(["/etc/s/main.conf"]);
    expect(config.notes).toContainEqual(
      expect.objectContaining({ level: "info", message: 'Included extra file "/etc/s/main.conf" during parsing' }),
    );
  });

  it("uses %(ENV_x)s anywhere, numprocs and user included, and is refused when it is unset", () => {
    const text = "[supervisord]\n[program:x]\ncommand=cat\nnumprocs=%(ENV_N)s\nuser=%(ENV_WHO)s\nprocess_name=%(process_num)s";
    const { groups } = loaded(text, { world: { env: { N: "2", WHO: "www" } } });
    expect(groups[0]?.processes.map(({ launch }) => launch.user?.name)).toEqual(["www", "www"]);
    expect(refusals(text, { world: { env: { N: "2" } } })).toEqual([
      "Format string '%(ENV_WHO)s' for 'program:x.user' contains names ('ENV_WHO') which cannot be expanded. " +
        "Available names: ENV_N, group_name, here, host_node_name, program_name in section 'program:x' (file: '/etc/s/main.conf')",
    ]);
  });

  it("uses the names of program, process, group and folder", () => {
    const text =
      "[supervisord]\n[group:g]\nprograms=x\n[program:x]\nnumprocs=11\nprocess_name=%(program_name)s_%(process_num)02d";
    const names = loaded(
      `${text}\ncommand=%(here)s/%(group_name)s-%(process_num)d-%(process_num)03d-%(process_num)s-%(process_num)01d`,
    );
    expect(names.groups[0]?.processes[10]).toMatchObject({
      name: "x_10",
      launch: { command: { text: "/etc/s/g-10-010-10-10" } },
    });
  });

  it("is refused for a bare %F, and has %% as one percent sign; log paths and [supervisord] environment take four", () => {
    expect(refusals("[supervisord]\n[program:x]\ncommand=date +%F")).toEqual([
      "Format string 'date +%F' for 'program:x.command' is badly formatted: must be real number, not dict " +
        "in section 'program:x' (file: '/etc/s/main.conf')",
    ]);
    expect(commandOf("command=date +%%F")).toBe("date +%F");
    const launch = launchOf("command=x\nstdout_logfile=/tmp/%%%%x", 'environment=A="%%%%"');
    expect(launch.stdout.log).toEqual({ kind: "file", path: "/tmp/%x" });
    expect(launch.environment).toEqual({ A: "%" });
  });

  it.each([
    ['A="1,2",B="x"', { A: "1,2", B: "x" }],
    ["A=1,B=/x/y.z", { A: "1", B: "/x/y.z" }],
    ["A='x y'", { A: "x y" }],
    ["\n  A=1,\n  B=2", { A: "1", B: "2" }],
    ["", {}],
    ['KEY ="v"', { KEY: "v" }],
    ["K=''", { K: "" }],
    ['PORT=:99"', { PORT: ":99" }],
  ])("has the environment %j", (text, expected) => {
    expect(launchOf(`command=x\nenvironment=${text}`).environment).toEqual(expected);
  });

  it("is refused for a bare brace in the environment", () => {
    expect(refusals("[supervisord]\n[program:x]\ncommand=x\nenvironment=A={x}")[0]).toMatch(
      /^Unexpected end of key\/value pairs in value 'A=\{x\}'/,
    );
  });

  it("may continue a value in indented lines only", () => {
    expect(commandOf("command=sh -c\n  one\n\n   two\nautostart=true")).toBe("sh -c\none\n\ntwo");
    expect(refusals("[supervisord]\n[program:x]\ncommand=a \\\n--option")).toEqual([
      "Source contains parsing errors: '/etc/s/main.conf'\n\t[line  4]: '--option'",
    ]);
  });

  it.each([
    ["/dev/stdout", { kind: "file", path: "/dev/stdout" }],
    ["/dev/null", { kind: "file", path: "/dev/null" }],
    ["/dev/fd/1", { kind: "file", path: "/dev/fd/1" }],
    ["NONE", { kind: "none" }],
    ["Auto", { kind: "auto" }],
    ["", { kind: "none" }],
  ])("logs to %j, a device with or without maxbytes 0", (path, log) => {
    const world = { isDirectory: () => true };
    const text = `[supervisord]\n[program:x]\ncommand=x\nstdout_logfile=${path}`;
    expect(loaded(text, { world }).groups[0]?.processes[0]?.launch.stdout).toMatchObject({ log, maxBytes: 50 * 1024 ** 2 });
    expect(loaded(`${text}\nstdout_logfile_maxbytes=0`, { world }).groups[0]?.processes[0]?.launch.stdout).toMatchObject({
      log,
      maxBytes: 0,
    });
  });

  it("logs to syslog by the old word, with a warning", () => {
    expect(launchOf("command=x\nstdout_logfile=syslog").stdout).toMatchObject({ log: { kind: "none" }, syslog: true });
    expect(warningsOf("[supervisord]\n[program:x]\ncommand=x\nstdout_logfile=syslog")).toEqual([
      "For [program:x], stdout_logfile=syslog but this is deprecated and will be removed.  Use stdout_syslog=true to enable syslog instead.",
    ]);
  });

  it("has the stderr_logfile beside redirect_stderr dropped, with a warning", () => {
    const options = "command=x\nredirect_stderr=true\nstderr_logfile=/tmp/e.log";
    expect(launchOf(options).stderr.log).toEqual({ kind: "none" });
    expect(warningsOf(`[supervisord]\n[program:x]\n${options}`)).toEqual([
      "For [program:x], redirect_stderr=true but stderr_logfile has also been set to a filename, the filename has been ignored",
    ]);
  });

  it("is warned of an automatic log that never rotates, once for all processes", () => {
    const text = "[supervisord]\n[program:x]\ncommand=x\nnumprocs=2\nprocess_name=%(process_num)s\nstdout_logfile_maxbytes=0";
    expect(warningsOf(text)).toEqual([
      "For [program:x], AUTO logging used for stdout_logfile without rollover, set maxbytes > 0 to avoid filling up filesystem unintentionally",
    ]);
  });

  it("is refused for numprocs above 1 without the number in the name", () => {
    expect(refusals("[supervisord]\n[program:x]\ncommand=x\nnumprocs=2")).toEqual([
      "%(process_num) must be present within process_name when numprocs > 1 in section 'program:x' (file: '/etc/s/main.conf')",
    ]);
  });

  it("may have neither a server nor [supervisorctl]", () => {
    expect(loaded("[supervisord]").servers).toEqual([]);
  });

  it.each([
    [":9001", { host: "", port: 9001 }],
    ["*:9001", { host: "", port: 9001 }],
    ["8010", { host: "", port: 8010 }],
    ["LOCALHOST:1", { host: "localhost", port: 1 }],
  ])("listens on %s", (port, address) => {
    const [server] = loaded(`[supervisord]\n[inet_http_server]\nport=${port}\nusername=u\npassword=p`).servers;
    expect(server).toEqual({
      kind: "inet",
      section: "inet_http_server",
      ...address,
      credentials: { username: "u", password: "p" },
    });
  });

  it("is refused for a port behind a full-width colon", () => {
    expect(refusals("[supervisord]\n[inet_http_server]\nport=127.0.0.1\uff1a9001")).toEqual([
      "not a valid port number: '127.0.0.1\uff1a9001' ",
    ]);
  });

  it("may name Python plugins, with a warning for each", () => {
    const text = [
      "[supervisord]",
      "[rpcinterface:supervisor]\nsupervisor.rpcinterface_factory=supervisor.rpcinterface:make_main_rpcinterface",
      "[rpcinterface:twiddler]\nsupervisor.rpcinterface_factory=supervisor_twiddler.rpcinterface:make_twiddler_rpcinterface",
      "[ctlplugin:x]\nsupervisor.ctl_factory=a:b",
      "[eventlistener:e]\ncommand=e\nevents=TICK_5\nresult_handler=my.module:handler",
    ].join("\n");
    expect(loaded(text).supervisorInterface).toBe(true);
    expect(warningsOf(text)).toEqual([
      "supervisor_twiddler.rpcinterface:make_twiddler_rpcinterface in [rpcinterface:twiddler] is a Python plugin, which cannot be run here; it is ignored",
      "result_handler my.module:handler in [eventlistener:e] is Python code, which cannot be run here; the default is used",
    ]);
  });

  it("may hold other letters, trailing blanks, CRLF, tabs, a byte order mark, mixed line ends, and lack a final line end", () => {
    const text = "\ufeff[supervisord]\r\nlogfile=syslog\n[program:x]  \t\r\n\tcommand = \u00e9\t\u00fc  \r\n\tstartsecs\t:\t3";
    const config = loaded(text);
    expect(config.daemon.logfile).toEqual({ kind: "syslog" });
    expect(config.groups[0]?.processes[0]).toMatchObject({
      launch: { command: { words: ["\u00e9", "\u00fc"] } },
      policy: { startMillis: 3000 },
    });
  });

  it("may have blanks in and after the brackets, a comment behind them, and `key: value`", () => {
    const config = loaded("[supervisord] ; daemon\n[program: x]   \ncommand: cat");
    expect(config.groups[0]).toMatchObject({ name: "x", processes: [{ name: "x", program: "x" }] });
  });

  it("has shell syntax taken literally", () => {
    expect(launchOf("command=echo $HOME `id` && b > c").command.words).toEqual(["echo", "$HOME", "`id`", "&&", "b", ">", "c"]);
  });

  it("may run one program in two groups", () => {
    const config = loaded("[supervisord]\n[group:a]\nprograms=x\n[group:b]\nprograms=x\n[program:x]\ncommand=%(group_name)s");
    expect(config.groups.map(({ name, processes }) => [name, processes[0]?.launch.command.text])).toEqual([
      ["a", "a"],
      ["b", "b"],
    ]);
  });

  it("may have commas in quoted environment values", () => {
    expect(launchOf('command=x\nenvironment=A="1,2"').environment).toEqual({ A: "1,2" });
  });

  it("may be refused in many places at once, each with its line", () => {
    const outcome = load(
      "[supervisord]\nloglevel=loud\n[program:x]\ncommand=cat\nautostart=maybe\n[program:y]\n\n[inet_http_server]\nport=no",
    );
    expect(outcome.ok ? [] : outcome.errors.map(({ position, message }) => [position.line, message])).toEqual([
      [2, "bad logging level name 'loud'"],
      [5, "not a valid boolean value: 'maybe' in section 'program:x' (file: '/etc/s/main.conf')"],
      [6, "program section program:y does not specify a command in section 'program:y' (file: '/etc/s/main.conf')"],
      [9, "not a valid port number: 'no' "],
    ]);
  });
});
