import type { Arguments } from "../line/arguments.ts";
import type { Command } from "../line/command.ts";
import { done, type Ending } from "../remote/reply.ts";
import { helpLines, topicLines } from "../render/help.ts";
import type { Session } from "../session.ts";

export const help: Command = {
  name: "help",
  summary: "Explains the commands.",
  forms: [
    { usage: "help", does: "List the commands" },
    { usage: "help <action>", does: "Explain a command" },
    { usage: "help keys", does: "List the keys of the shell" },
  ],
  completes: ["actions"],
  offline: true,
  run,
};

async function run(given: Arguments, { terminal, commands }: Session): Promise<Ending> {
  for (const line of await explain()) terminal.line(line);
  return done();

  async function explain(): Promise<readonly string[]> {
    if (given.text === "") return topicLines(commands.names.filter((name) => name !== help.name));
    if (given.text === "keys") return (await import("../render/keys.ts")).keyLines();
    const command = await commands.find(given.text);
    return command === null ? [`*** No help on ${given.text}`] : helpLines(command);
  }
}
