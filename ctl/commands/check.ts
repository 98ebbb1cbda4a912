import type { Command } from "../command.ts";
import { EXIT } from "../exit-status.ts";
import { fileArgument } from "../file-argument.ts";
import { done, type Ending } from "../reply.ts";
import type { Session } from "../session.ts";
import { usageError } from "../usage-error.ts";

export const check: Command = {
  name: "check",
  summary:
    "Reads a configuration file, with all that it includes, as the daemon would, and tells every mistake as `file:line:column: message`. " +
    "The exit status is 2 when the daemon would refuse it. No daemon is needed.",
  forms: [
    { usage: "check <file>", does: "Tell what is wrong with a configuration file, or what it would run" },
    { usage: "check <file> --json", does: "The same as JSON: the whole configuration, or its errors" },
    { usage: "check <file> --offline", does: "Check a file for another machine: its users and directories need not exist here" },
  ],
  completes: "nothing",
  offline: true,
  run,
};

async function run(argument: string, { terminal }: Session): Promise<Ending> {
  const { file, flags, unknown } = fileArgument(argument, ["--json", "--offline"]);
  if (unknown !== null) return usageError(terminal, check, `Error: bad argument ${unknown}`, EXIT.invalidArguments);
  if (file === null) return usageError(terminal, check, "Error: check requires a file", EXIT.invalidArguments);

  const [{ loadConfig }, { offlineConfigWorld, systemConfigWorld }] = await Promise.all([
    import("../../src/config/load.ts"),
    import("../../src/os/config-world.ts"),
  ]);
  const outcome = loadConfig(file, flags.has("--offline") ? offlineConfigWorld() : systemConfigWorld());
  const { checkReport, checkJson } = await import("../render/check.ts");
  const report = flags.has("--json") ? { output: [checkJson(outcome)], complaints: [] } : checkReport(outcome);
  for (const line of report.complaints) terminal.complain(line);
  for (const line of report.output) terminal.line(line);
  return done(outcome.ok ? EXIT.success : EXIT.invalidArguments);
}
