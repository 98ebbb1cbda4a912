import type { Arguments } from "../line/arguments.ts";
import type { Command } from "../line/command.ts";
import { EXIT } from "../line/exit-status.ts";
import { oneFile } from "../line/usage-error.ts";
import { done, type Ending } from "../remote/reply.ts";
import type { Session } from "../session.ts";

export const convert: Command = {
  name: "convert",
  summary:
    "Writes a configuration in the other dialect: the YAML of an INI file, the INI of a YAML file. What comes out means the same; what " +
    "the other dialect cannot say is told on stderr. No daemon is needed.",
  forms: [{ usage: "convert <file>", does: "Print a configuration file in the other dialect" }],
  completes: ["files"],
  quoting: true,
  offline: true,
  run,
};

async function run({ words }: Arguments, { terminal }: Session): Promise<Ending> {
  const file = oneFile(words, convert, terminal);
  if (typeof file !== "string") return file;

  const { convertFile } = await import("../convert-file.ts");
  const { text, complaints } = await convertFile(file);
  for (const complaint of complaints) terminal.complain(complaint);
  if (text === null) return done(EXIT.invalidArguments);
  terminal.raw(text);
  return done();
}
