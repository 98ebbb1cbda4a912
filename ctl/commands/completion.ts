import { getopt } from "../../src/config/getopt.ts";
import type { Arguments } from "../line/arguments.ts";
import type { Command } from "../line/command.ts";
import { EXIT } from "../line/exit-status.ts";
import { usageError } from "../line/usage-error.ts";
import { CTL_OPTIONS, parseOptions } from "../options.ts";
import { done, type Ending } from "../remote/reply.ts";
import { Supervisor } from "../remote/supervisor.ts";
import { visible } from "../render/visible.ts";
import type { Session } from "../session.ts";
import { COMPLETION_SCRIPTS } from "../shell/completion-scripts.ts";
import type { KnownProcess } from "../shell/process-cache.ts";
import { type Suggestion, suggest } from "../shell/suggestions.ts";

const SHELLS = Object.keys(COMPLETION_SCRIPTS).join("|");

export const completion: Command = {
  name: "completion",
  summary: "Prints what makes bash, zsh or fish complete commands, options and the names of processes with Tab.",
  forms: [
    { usage: `completion ${SHELLS}`, does: "Print the completion of this shell, to be sourced by it" },
    { usage: "completion suggest -- <line>", does: "Print what could stand at the end of a line; for those scripts" },
  ],
  completes: [],
  quoting: true,
  offline: true,
  run,
};

async function run({ words }: Arguments, session: Session): Promise<Ending> {
  const { terminal } = session;
  const [kind = "", ...more] = words;
  if (kind === "suggest") {
    for (const { label, detail } of await suggestionsFor(more.join(" "), session))
      terminal.styled(`${visible(label)}\t${visible(detail)}`);
    return done();
  }
  if (!Object.hasOwn(COMPLETION_SCRIPTS, kind) || more.length > 0)
    return usageError(terminal, completion, `Error: completion requires one of ${SHELLS}`, EXIT.invalidArguments);
  terminal.raw(COMPLETION_SCRIPTS[kind as keyof typeof COMPLETION_SCRIPTS]);
  return done();
}

/** @param line - from the program's name up to the cursor. */
async function suggestionsFor(line: string, { commands }: Session): Promise<readonly Suggestion[]> {
  const [, ...words] = line.split(/\s+/);
  const word = words.pop() ?? "";
  const options = getopt(words, CTL_OPTIONS);
  if (!options.ok) return [];
  const { rest } = options;
  if (rest.length === 0 && word.startsWith("-")) return optionsLike(word);
  const all = (await Promise.all(commands.names.map(commands.find))).filter((command) => command !== null);
  const wantsProcesses = all.some(
    ({ name, completes }) => name === rest[0] && (completes.includes("processes") || completes.includes("groups")),
  );
  const processes = wantsProcesses ? await knownProcesses(words) : [];
  const text = [...rest, word].join(" ");
  return suggest(text, text.length, { commands: all, processes }).items;
}

function optionsLike(word: string): readonly Suggestion[] {
  return CTL_OPTIONS.flatMap(({ long, text }) =>
    long !== null && `--${long}`.startsWith(word) ? [{ text: `--${long} `, label: `--${long}`, detail: text }] : [],
  );
}

/** The processes of the daemon that the line means; none when it does not answer. */
async function knownProcesses(words: readonly string[]): Promise<readonly KnownProcess[]> {
  const parsed = parseOptions(words);
  if (parsed.kind !== "run") return [];
  const [{ discoverServer }, { systemConfigWorld }] = await Promise.all([
    import("../remote/discover-server.ts"),
    import("../../src/os/config-world.ts"),
  ]);
  const found = await discoverServer(parsed.given, process.argv[1] ?? "", systemConfigWorld());
  if (!found.ok) return [];
  const { serverUrl: url, username, password } = found.value;
  const reply = await new Supervisor({ url, username, password }).getAllProcessInfo();
  return reply.ok ? reply.value.map(({ group, name, statename: state }) => ({ group, name, state })) : [];
}
