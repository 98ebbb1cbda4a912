import type { Arguments } from "../line/arguments.ts";
import type { Command } from "../line/command.ts";
import { EXIT } from "../line/exit-status.ts";
import { oneFile } from "../line/usage-error.ts";
import { done, type Ending } from "../remote/reply.ts";
import type { Session } from "../session.ts";

export const check: Command = {
  name: "check",
  summary:
    "Reads a configuration file, with all that it includes, as the daemon would, and tells every mistake as `file:line:column: message`. " +
    "The exit status is 2 when the daemon would refuse it. No daemon is needed.",
  forms: [{ usage: "check <file>", does: "Tell what is wrong with a configuration file, or what it would run" }],
  options: [{ name: "offline", text: "check a file for another machine: its users and directories need not exist here" }],
  completes: ["files"],
  quoting: true,
  offline: true,
  run,
};

async function run({ words, switches }: Arguments, { terminal }: Session): Promise<Ending> {
  const file = oneFile(words, check, terminal);
  if (typeof file !== "string") return file;

  const [{ loadConfig }, { offlineConfigWorld, systemConfigWorld }] = await Promise.all([
    import("../../src/config/load.ts"),
    import("../../src/os/config-world.ts"),
  ]);
  const outcome = loadConfig(file, switches.has("offline") ? offlineConfigWorld() : systemConfigWorld());
  const { checkData, checkReport } = await import("../render/check.ts");
  const { complaints, output } = checkReport(outcome);
  for (const line of complaints) terminal.complain(line);
  for (const line of output) terminal.line(line);
  return done(outcome.ok ? EXIT.success : EXIT.invalidArguments, checkData(outcome));
}
