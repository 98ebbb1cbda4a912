import { describe, expect, it } from "vitest";
import { parseArguments } from "../../ctl/line/arguments.ts";
import { COMMANDS } from "../../ctl/line/command-table.ts";
import { parseWords } from "../../ctl/line/parse-line.ts";
import { parseOptions } from "../../ctl/options.ts";
import { getopt } from "../../src/config/getopt.ts";
import { DAEMON_OPTIONS } from "../../src/daemon/options.ts";
import { fences, inlineCode, type Page, pages } from "./markdown.ts";

describe("README.md", () => {
  it.each(["npm install && npm start", "npm install && npm test"])("tells: %s", (command) => {
    const readme = pages().find(({ path }) => path === "README.md");
    expect(readme === undefined ? [] : shellLines(readme)).toContain(command);
  });
});

describe.each(pages().filter((page) => calls(page).length > 0))("$path", (page) => {
  it.each(calls(page))("calls a command with options that it has: %s", async (call) => {
    expect(await problemOf(call)).toBeNull();
  });
});

/** Every call of our two programs that a page shows, each once; a synopsis with its brackets is none. */
function calls(page: Page): readonly string[] {
  const lines = [...shellLines(page), ...inlineCode(page.text).filter((code) => /^taskmaster(?:d|ctl) /.test(code))];
  const found = lines.flatMap((line) => [...line.matchAll(/(?<![\w./-])taskmaster(?:d|ctl)(?= |$|\))[^|;&>)]*/g)]);
  return [...new Set(found.map(([call]) => call.trim()))].filter((call) => !call.includes("["));
}

/** What a user types: the lines of shell blocks, and those behind a prompt. */
function shellLines({ text }: Page): readonly string[] {
  return fences(text).flatMap((fence) => {
    const lines = fence.text.split("\n").filter((line) => line !== "");
    if (fence.language === "sh") return lines;
    return fence.language === "console" ? lines.flatMap((line) => (line.startsWith("$ ") ? [line.slice(2)] : [])) : [];
  });
}

/** What is wrong with a call by the tables of options and commands; `null` for nothing. */
async function problemOf(call: string): Promise<string | null> {
  const [program, ...words] = call.split(/\s+/);
  return program === "taskmasterd" ? daemonProblem(words) : await clientProblem(words);
}

function daemonProblem(words: readonly string[]): string | null {
  const outcome = getopt(words, DAEMON_OPTIONS);
  if (!outcome.ok) return outcome.problem;
  return outcome.rest.length === 0 ? null : `taskmasterd takes no ${outcome.rest.join(" ")}`;
}

async function clientProblem(words: readonly string[]): Promise<string | null> {
  const options = parseOptions(words);
  if (options.kind === "mistake") return options.message;
  if (options.kind !== "run" || options.given.action === null) return null;
  const line = parseWords(options.given.action);
  const command = line.kind === "command" ? await COMMANDS.find(line.name) : null;
  if (command === null || line.kind !== "command") return `no such command: ${options.given.action.join(" ")}`;
  const parsed = parseArguments(command, line.argument, line.words);
  if (parsed.problem !== null) return parsed.problem;
  const flags = parsed.given.words.filter((word) => /^-[a-z]/.test(word));
  const unknown = flags.find((flag) => !command.forms.some(({ usage }) => usage.includes(flag)));
  return unknown === undefined ? null : `${command.name} has no ${unknown}`;
}
