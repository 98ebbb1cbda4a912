import type { Config, GroupConfig, ProcessConfig, ServerConfig, StreamConfig } from "../../../src/model/config.ts";

/** A configuration in the shape in which `oracle.py` shows supervisord's: options by their names, none by None. */
export function supervisorView(config: Config) {
  const { daemon } = config;
  return {
    daemon: {
      logfile: daemon.logfile.kind === "file" ? daemon.logfile.path : daemon.logfile.kind,
      logfile_maxbytes: daemon.logfileMaxBytes,
      logfile_backups: daemon.logfileBackups,
      pidfile: daemon.pidfile,
      umask: daemon.umask,
      minfds: daemon.minfds,
      minprocs: daemon.minprocs,
      childlogdir: daemon.childlogdir,
      directory: daemon.directory,
      identifier: daemon.identifier,
      uid: daemon.user?.uid ?? null,
      nodaemon: daemon.nodaemon,
      silent: daemon.silent,
      nocleanup: daemon.nocleanup,
      strip_ansi: daemon.stripAnsi,
      loglevel: daemon.logLevel,
    },
    servers: config.servers.map(viewServer),
    groups: config.groups.map(viewGroup),
  };
}

function viewServer(server: ServerConfig) {
  const { section, credentials } = server;
  const common = { section, username: credentials?.username ?? null, password: credentials?.password ?? null };
  if (server.kind === "inet") return { ...common, family: "AF_INET", host: server.host, port: server.port };
  const chown = server.owner === null ? [-1, -1] : [server.owner.uid, server.owner.gid];
  return { ...common, family: "AF_UNIX", file: server.file, chmod: server.mode, chown };
}

function viewGroup(group: GroupConfig) {
  const socket = group.processes[0]?.launch.socket ?? null;
  return {
    name: group.name,
    priority: group.priority,
    processes: group.processes.map(viewProcess),
    events: group.listener === null ? null : [...group.listener.events].sort(),
    buffer_size: group.listener?.bufferSize ?? null,
    socket: socket && {
      url: socket.url,
      backlog: socket.backlog,
      mode: socket.mode,
      owner: socket.owner && [socket.owner.uid, socket.owner.gid],
    },
  };
}

function viewProcess({ name, policy, launch }: ProcessConfig) {
  return {
    name,
    uid: launch.user?.uid ?? null,
    command: launch.command.text,
    directory: launch.directory,
    umask: launch.umask,
    priority: policy.priority,
    autostart: policy.autostart,
    autorestart: policy.autorestart,
    startsecs: policy.startMillis / 1000,
    startretries: policy.startRetries,
    ...viewStream("stdout", launch.stdout),
    ...viewStream("stderr", launch.stderr),
    stopsignal: policy.stopSignal,
    stopwaitsecs: policy.stopWaitMillis / 1000,
    stopasgroup: policy.stopAsGroup,
    killasgroup: policy.killAsGroup,
    exitcodes: policy.exitCodes,
    redirect_stderr: launch.redirectStderr,
    environment: launch.environment,
    serverurl: launch.serverUrl,
  };
}

function viewStream(channel: "stdout" | "stderr", stream: StreamConfig) {
  const paths = { none: null, auto: "AUTO", inherit: "inherit" };
  return {
    [`${channel}_logfile`]: stream.log.kind === "file" ? stream.log.path : paths[stream.log.kind],
    [`${channel}_capture_maxbytes`]: stream.captureMaxBytes,
    [`${channel}_events_enabled`]: stream.eventsEnabled,
    [`${channel}_syslog`]: stream.syslog,
    [`${channel}_logfile_backups`]: stream.backups,
    [`${channel}_logfile_maxbytes`]: stream.maxBytes,
  };
}
