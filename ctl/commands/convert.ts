import type { Command } from "../command.ts";
import { EXIT } from "../exit-status.ts";
import { fileArgument } from "../file-argument.ts";
import { done, type Ending } from "../reply.ts";
import type { Session } from "../session.ts";
import { usageError } from "../usage-error.ts";

export const convert: Command = {
  name: "convert",
  summary:
    "Writes a configuration in the other dialect: the YAML of an INI file, the INI of a YAML file. What comes out means the same; what " +
    "the other dialect cannot say is told on stderr. No daemon is needed.",
  forms: [{ usage: "convert <file>", does: "Print a configuration file in the other dialect" }],
  completes: "nothing",
  offline: true,
  run,
};

async function run(argument: string, { terminal }: Session): Promise<Ending> {
  const { file, unknown } = fileArgument(argument, []);
  if (unknown !== null) return usageError(terminal, convert, `Error: bad argument ${unknown}`, EXIT.invalidArguments);
  if (file === null) return usageError(terminal, convert, "Error: convert requires a file", EXIT.invalidArguments);

  const { convertFile } = await import("../convert-file.ts");
  const { text, complaints } = await convertFile(file);
  for (const complaint of complaints) terminal.complain(complaint);
  if (text === null) return done(EXIT.invalidArguments);
  terminal.raw(text);
  return done();
}
