import type { Command, CommandTable } from "./command.ts";

/** Every command by its word. Each is loaded when it is first needed, so that a script pays for the one it runs. */
const LOADERS: Readonly<Record<string, () => Promise<Command>>> = {
  add: async () => (await import("../commands/add.ts")).add,
  attach: async () => (await import("../commands/attach.ts")).attach,
  avail: async () => (await import("../commands/avail.ts")).avail,
  check: async () => (await import("../commands/check.ts")).check,
  clear: async () => (await import("../commands/clear.ts")).clear,
  convert: async () => (await import("../commands/convert.ts")).convert,
  edit: async () => (await import("../commands/edit.ts")).edit,
  events: async () => (await import("../commands/events.ts")).events,
  exit: async () => (await import("../commands/exit.ts")).exit,
  fg: async () => (await import("../commands/fg.ts")).fg,
  help: async () => (await import("../commands/help.ts")).help,
  history: async () => (await import("../commands/history.ts")).history,
  logs: async () => (await import("../commands/logs.ts")).logs,
  maintail: async () => (await import("../commands/maintail.ts")).maintail,
  open: async () => (await import("../commands/open.ts")).open,
  pid: async () => (await import("../commands/pid.ts")).pid,
  plan: async () => (await import("../commands/plan.ts")).plan,
  quit: async () => (await import("../commands/exit.ts")).quit,
  reload: async () => (await import("../commands/reload.ts")).reload,
  remove: async () => (await import("../commands/remove.ts")).remove,
  reread: async () => (await import("../commands/reread.ts")).reread,
  restart: async () => (await import("../commands/restart.ts")).restart,
  shutdown: async () => (await import("../commands/shutdown.ts")).shutdown,
  signal: async () => (await import("../commands/signal.ts")).signal,
  start: async () => (await import("../commands/start.ts")).start,
  status: async () => (await import("../commands/status.ts")).status,
  stop: async () => (await import("../commands/stop.ts")).stop,
  tail: async () => (await import("../commands/tail.ts")).tail,
  top: async () => (await import("../commands/top.ts")).top,
  update: async () => (await import("../commands/update.ts")).update,
  upload: async () => (await import("../commands/upload.ts")).upload,
  version: async () => (await import("../commands/version.ts")).version,
  wait: async () => (await import("../commands/wait.ts")).wait,
};

export const COMMANDS: CommandTable = {
  names: Object.keys(LOADERS),
  find: async (name) => (Object.hasOwn(LOADERS, name) ? (LOADERS[name]?.() ?? null) : null),
};
