import fc from "fast-check";
import { parseCommandLine } from "../../src/config/command-line.ts";
import { orderGroups, orderProcesses } from "../../src/config/order.ts";
import type {
  Config,
  Credentials,
  CtlConfig,
  DaemonConfig,
  FcgiSocketConfig,
  GroupConfig,
  LaunchConfig,
  ListenerPoolConfig,
  ProcessConfig,
  ProcessPolicy,
  ServerConfig,
  StreamConfig,
} from "../../src/model/config.ts";
import { EVENT_TYPES, type EventType } from "../../src/model/event.ts";
import { signalNumber } from "../../src/model/signal.ts";
import { secondsToMillis } from "../../src/model/time.ts";

/** Any configuration that a file could have, on the system of `aWorld`. */
export function anyConfig(): fc.Arbitrary<Config> {
  return fc
    .record({
      daemon: anyDaemon(),
      servers: fc.array(anyServer(), { maxLength: 3 }),
      programs: fc.uniqueArray(anyProgram(), { selector: ({ name }) => name, maxLength: 5 }),
      groups: fc.array(fc.record({ priority: fc.integer({ min: -5, max: 999 }), members: fc.subarray([0, 1, 2, 3, 4]) }), {
        maxLength: 2,
      }),
      listeners: fc.array(fc.record({ program: anyProgram(), pool: anyPool(), priority: fc.constantFrom(null, -1, 7, 999) }), {
        maxLength: 2,
      }),
      fcgi: fc.array(fc.record({ program: anyProgram(), socket: anySocket() }), { maxLength: 2 }),
      supervisorInterface: fc.boolean(),
    })
    .map(({ daemon, servers, programs, groups, listeners, fcgi, supervisorInterface }) => {
      const grouped = groups.map(({ priority, members }, index) => ({
        name: `g${index}`,
        priority,
        programs: members.flatMap((member) => programs[member] ?? []),
      }));
      const taken = new Set(grouped.flatMap((group) => group.programs));
      const inherit = (config: GroupConfig) => withEnvironment(config, daemon.environment);
      const all = [
        ...grouped.map((group) => ({
          name: group.name,
          priority: group.priority,
          processes: group.programs.flatMap((program) => program.processes(group.name)),
          listener: null,
        })),
        ...programs.filter((program) => !taken.has(program)).map((program) => alone(program, program.name)),
        ...listeners.map(({ program, pool, priority }, index) => listenerGroup(program, `l${index}`, pool, priority)),
        ...fcgi.map(({ program, socket }, index) => fcgiGroup(program, `f${index}`, socket)),
      ];
      const ordered = [...servers.filter(({ kind }) => kind === "inet"), ...servers.filter(({ kind }) => kind === "unix")];
      return {
        path: "/etc/s/any.conf",
        files: ["/etc/s/any.conf"],
        daemon,
        servers: ordered,
        groups: orderGroups(all.map(inherit)).groups,
        supervisorInterface,
      };
    });
}

export function anyCtl(): fc.Arbitrary<CtlConfig> {
  return fc.record({
    serverUrl: fc.constantFrom("http://localhost:9001", "unix:///run/x.sock"),
    username: fc.option(anyText()),
    password: fc.option(anyText()),
    prompt: anyText(),
    historyFile: fc.option(fc.constant("/tmp/history")),
  });
}

/** Texts with everything that is special to a shell, to YAML or to INI; neither dialect keeps outer blanks everywhere. */
export function anyText(): fc.Arbitrary<string> {
  const piece = fc.constantFrom(
    "a",
    "B",
    "0",
    "12",
    " ",
    "$",
    "${A}",
    "$$",
    "%",
    "%(x)s",
    '"',
    "'",
    "\\",
    "#",
    " #",
    ";",
    " ;",
    ": ",
    "é",
    "😀",
    ",",
    "-",
    "{",
    "*",
    "&",
    "!",
    "@",
    "true",
    "~",
    "=",
  );
  return fc.array(piece, { minLength: 1, maxLength: 6 }).map((pieces) => `x${pieces.join("")}y`);
}

interface Program {
  readonly name: string;
  /** The same program may stand in several groups. */
  processes(group: string): readonly ProcessConfig[];
}

function anyProgram(): fc.Arbitrary<Program> {
  return fc
    .record({
      name: fc.stringMatching(/^[a-z][a-z0-9_.-]{0,6}$/).map((name) => `p${name}`),
      count: fc.integer({ min: 1, max: 12 }),
      first: fc.integer({ min: 0, max: 120 }),
      pattern: fc.constantFrom("NAME_02", "NAME-1", "3-NAME", "w1-NAME", "NAME_1_2"),
      varying: fc.boolean(),
      policy: anyPolicy(),
      launch: anyLaunch(),
    })
    .map(({ name, count, first, pattern, varying, policy, launch }) => ({
      name,
      processes: (group) =>
        orderProcesses(
          Array.from({ length: count }, (_, index) => {
            const number = first + index;
            const process = { group, name: processName(pattern, name, number, count), program: name, policy, launch };
            return varying && count > 1 ? numbered(process, number) : process;
          }),
        ),
    }));
}

function processName(pattern: string, name: string, number: number, count: number): string {
  if (count === 1) return name;
  return pattern.replace(/[123]/g, (width) => String(number).padStart(Number(width), "0")).replace("NAME", name);
}

/** Puts the number of a process wherever it may stand. */
function numbered(process: ProcessConfig, number: number): ProcessConfig {
  const { launch } = process;
  const text = `${launch.command.text} --port=80${String(number).padStart(2, "0")} ${number}`;
  return {
    ...process,
    launch: {
      ...launch,
      command: parseCommandLine(text),
      directory: `/srv/${number}`,
      environment: { ...launch.environment, NUMBER: String(number) },
      stdout:
        launch.stdout.log.kind === "file"
          ? { ...launch.stdout, log: { kind: "file", path: `/tmp/${number}.log` } }
          : launch.stdout,
    },
  };
}

function anyPolicy(): fc.Arbitrary<ProcessPolicy> {
  return fc
    .record({
      priority: fc.constantFrom(999, 1, -3, 50),
      autostart: fc.boolean(),
      autorestart: fc.constantFrom("never", "unexpected", "always"),
      exitCodes: fc.array(fc.integer({ min: 0, max: 255 }), { maxLength: 3 }),
      startMillis: fc.constantFrom(0, 1, 5, 60).map(secondsToMillis),
      startRetries: fc.integer({ min: 0, max: 4 }),
      earlyExit: fc.constantFrom("failure", "finish-if-expected"),
      stopSignal: fc.constantFrom("TERM", "INT", "USR2", "KILL").map(signalNumber),
      stopWaitMillis: fc.constantFrom(0, 10, 30).map(secondsToMillis),
      stopAsGroup: fc.boolean(),
      killAsGroup: fc.boolean(),
    })
    .map((policy) => ({ ...policy, killAsGroup: policy.killAsGroup || policy.stopAsGroup }));
}

function anyLaunch(): fc.Arbitrary<LaunchConfig> {
  return fc
    .record({
      command: anyText()
        .map((text) => parseCommandLine(text))
        .filter(({ problem }) => problem === null),
      directory: fc.option(fc.constantFrom("/srv", "/a b")),
      umask: fc.option(fc.integer({ min: 0, max: 0o777 })),
      user: fc.option(fc.constantFrom({ uid: 33, gid: 34, name: "www" }, { uid: 0, gid: 0, name: "root" })),
      environment: fc.dictionary(fc.stringMatching(/^[A-Z_]{1,4}$/), anyText(), { maxKeys: 3, noNullPrototype: true }),
      serverUrl: fc.option(fc.constant("http://x:1")),
      redirectStderr: fc.boolean(),
      tty: fc.boolean(),
      stdout: anyStream(),
      stderr: anyStream(),
      socket: fc.constant(null),
    })
    .map((launch) => ({ ...launch, redirectStderr: launch.redirectStderr || launch.tty }))
    .map((launch) =>
      launch.redirectStderr ? { ...launch, stderr: { ...launch.stderr, log: { kind: "none" as const } } } : launch,
    );
}

function anyStream(): fc.Arbitrary<StreamConfig> {
  return fc.record({
    log: fc.oneof(
      fc.constantFrom({ kind: "none" as const }, { kind: "auto" as const }),
      anyText().map((text) => ({ kind: "file" as const, path: `/tmp/${text.replaceAll("/", "")}` })),
    ),
    maxBytes: fc.constantFrom(0, 100, 1024, 50 * 1024 ** 2),
    backups: fc.integer({ min: 0, max: 10 }),
    captureMaxBytes: fc.constantFrom(0, 512, 1024 ** 2),
    eventsEnabled: fc.boolean(),
    syslog: fc.boolean(),
  });
}

function anyDaemon(): fc.Arbitrary<DaemonConfig> {
  return fc.record({
    identifier: fc.constantFrom("supervisor", "x%y$z"),
    logfile: fc.constantFrom(
      { kind: "file", path: "/var/log/t.log" },
      { kind: "file", path: "/var/log/taskmasterd.log" },
      { kind: "syslog" },
    ),
    logfileMaxBytes: fc.constantFrom(0, 1024, 50 * 1024 ** 2),
    logfileBackups: fc.integer({ min: 0, max: 20 }),
    logLevel: fc.constantFrom("info", "debug", "critical"),
    pidfile: fc.constantFrom("/run/taskmaster/taskmasterd.pid", "/tmp/p$ 100%.pid"),
    umask: fc.integer({ min: 0, max: 0o777 }),
    nodaemon: fc.boolean(),
    silent: fc.boolean(),
    minfds: fc.constantFrom(1024, 5),
    minprocs: fc.constantFrom(200, 7),
    nocleanup: fc.boolean(),
    childlogdir: fc.constantFrom("/tmp", "/var/log"),
    user: fc.option(fc.constant({ uid: 33, gid: 34, name: "www" })),
    directory: fc.option(fc.constant("/tmp")),
    stripAnsi: fc.boolean(),
    environment: fc.dictionary(fc.stringMatching(/^[A-Z_]{1,4}$/), anyText(), { maxKeys: 2, noNullPrototype: true }),
    runtimedir: fc.option(fc.constant("/run/x")),
  });
}

function anyServer(): fc.Arbitrary<ServerConfig> {
  const credentials: fc.Arbitrary<Credentials | null> = fc.option(fc.record({ username: anyText(), password: anyText() }));
  const unix = fc.record({
    kind: fc.constant("unix"),
    section: fc.constant("unix_http_server"),
    file: fc.constantFrom("/tmp/s.sock", "/run/taskmaster/taskmaster.sock"),
    mode: fc.constantFrom(0o700, 0o770),
    owner: fc.option(fc.constantFrom({ uid: 33, gid: 34 }, { uid: 0, gid: -1 })),
    credentials,
  });
  const inet = fc
    .record({
      kind: fc.constant("inet"),
      section: fc.constant("inet_http_server"),
      port: fc.integer({ min: 1, max: 65535 }),
      credentials,
    })
    .map((server) => ({ ...server, host: server.credentials === null ? "127.0.0.1" : "" }));
  return fc.oneof(unix, inet);
}

function anyPool(): fc.Arbitrary<ListenerPoolConfig> {
  const types = Object.keys(EVENT_TYPES) as EventType[];
  return fc.record({
    events: fc.uniqueArray(fc.constantFrom(...types), { minLength: 1, maxLength: 3 }),
    bufferSize: fc.integer({ min: 1, max: 20 }),
    resultHandler: fc.constantFrom("supervisor.dispatchers:default_handler", "my:handler"),
  });
}

function anySocket(): fc.Arbitrary<FcgiSocketConfig> {
  const backlog = fc.option(fc.integer({ min: 1, max: 65535 }));
  return fc.oneof(
    fc.record({ url: fc.constant("tcp://localhost:9000"), owner: fc.constant(null), mode: fc.constant(null), backlog }),
    fc.record({
      url: fc.constant("unix:///run/f.sock"),
      owner: fc.constant({ uid: 33, gid: 0 }),
      mode: fc.constantFrom(0o700, 0o660),
      backlog,
    }),
  );
}

function alone(program: Program, name: string): GroupConfig {
  const processes = program.processes(name);
  return { name, priority: processes[0]?.policy.priority ?? 999, processes, listener: null };
}

function listenerGroup(program: Program, name: string, listener: ListenerPoolConfig, priority: number | null): GroupConfig {
  const processes = rename(program, name).map((process) => ({
    ...process,
    policy: { ...process.policy, priority: priority ?? 999 },
    launch: { ...process.launch, redirectStderr: false, tty: false },
  }));
  return { name, priority: priority ?? -1, processes: orderProcesses(processes), listener };
}

function fcgiGroup(program: Program, name: string, socket: FcgiSocketConfig): GroupConfig {
  const processes = rename(program, name).map((process) => ({ ...process, launch: { ...process.launch, tty: false, socket } }));
  return { ...alone(program, name), processes };
}

function rename(program: Program, name: string): readonly ProcessConfig[] {
  return program.processes(name).map((process) => ({ ...process, program: name }));
}

/** The environment of the daemon section is part of every process's. */
function withEnvironment(group: GroupConfig, environment: LaunchConfig["environment"]): GroupConfig {
  const processes = group.processes.map((process) => ({
    ...process,
    launch: { ...process.launch, environment: { ...environment, ...process.launch.environment } },
  }));
  return { ...group, processes };
}
