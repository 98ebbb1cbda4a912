import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseCommandLine } from "../../../src/config/command-line.ts";
import { ConfigProblem } from "../../../src/config/ini/config-problem.ts";
import { parseEnvironment } from "../../../src/config/ini/environment.ts";
import { expand, extend } from "../../../src/config/ini/expand.ts";
import { emptyDocument } from "../../../src/config/ini/ini-document.ts";
import * as values from "../../../src/config/ini/option-values.ts";
import { repr } from "../../../src/config/ini/python-text.ts";
import { readIni } from "../../../src/config/ini/read-ini.ts";
import { parseInteger } from "../../../src/config/scalars.ts";
import { isInstalled } from "../../support/tools.ts";
import { type Answer, askSupervisor, type Question } from "./oracle.ts";

/** What is random here is drawn anew in each run; fast-check prints the seed of a failure. */
const SAMPLES = 3000;

/** Texts made of the pieces that matter to a reader, so that most of them get far. */
function textOf(pieces: readonly string[], maxLength: number): fc.Arbitrary<string> {
  return fc.array(fc.constantFrom(...pieces), { maxLength }).map((parts) => parts.join(""));
}

function answerOf(read: () => unknown): Answer {
  try {
    return { ok: true, value: read() };
  } catch (error) {
    if (!(error instanceof ConfigProblem)) throw error;
    return { ok: false, message: error.message };
  }
}

/** Draws questions, asks both sides, and compares; one process answers them all. */
function expectAgreement(question: fc.Arbitrary<Question>, ours: (question: Question) => Answer): void {
  const seed = Date.now() % 2 ** 31;
  const questions = fc.sample(question, { numRuns: SAMPLES, seed });
  const answers = askSupervisor(questions);
  for (const [index, asked] of questions.entries()) {
    expect({ seed, asked, answer: ours(asked) }).toEqual({ seed, asked, answer: answers[index] });
  }
}

function expectSameReading(
  type: Exclude<Question["ask"], "load" | "loadCtl" | "expand" | "value">,
  texts: fc.Arbitrary<string>,
  read: (text: string) => unknown,
) {
  expectAgreement(
    texts.map((text) => ({ ask: type, text })),
    (question) => answerOf(() => read("text" in question ? question.text : "")),
  );
}

describe.skipIf(!isInstalled("supervisord"))("text that supervisord's Python reads", () => {
  it("has the same sections, options and values in any INI file", () => {
    const pieces = [
      "[a]",
      "[b c]",
      "[DEFAULT]",
      "[",
      "]",
      "k",
      "K2",
      "=",
      ":",
      " ",
      "  ",
      "\t",
      "\n",
      "\n",
      "\n",
      ";",
      "#",
      " ;",
      " #",
      "v",
      "é",
      "\r\n",
      "\r",
      "\u0085",
      "\u2028",
      "\ufeff",
      "\x1c",
      "x=1\n",
      "y : 2\n",
      "\n  more\n",
    ];
    const texts = fc.tuple(fc.constantFrom("[s]\n", "[s]\nk=v\n", ""), textOf(pieces, 25)).map((parts) => parts.join(""));
    expectSameReading("parse", texts, (text) => {
      const document = emptyDocument();
      readIni(document, "x.conf", text);
      const list = (options: ReadonlyMap<string, { value: string }>) => [...options].map(([name, { value }]) => [name, value]);
      return {
        sections: [...document.sections.values()].map(({ name, options }) => [name, list(options)]),
        defaults: list(document.defaults),
      };
    });
  });

  it("has the same environment variables", () => {
    const pieces = [
      "A",
      "B2",
      "=",
      "=",
      ",",
      ",",
      " ",
      "\n",
      '"',
      "'",
      '"x y"',
      "'z'",
      "v",
      "#",
      ";",
      "\\",
      "$",
      "/a.b",
      "(",
      ")",
      ":",
      "é",
      "{",
      "-",
      "A=1,",
      'B="2"',
      "𝒜",
    ];
    expectSameReading("environment", textOf(pieces, 14), parseEnvironment);
  });

  it("has the same words in a command", () => {
    const pieces = ["a", "bc", " ", "  ", "\t", "\n", "'", '"', "\\", "$X", "~", "*", "#", ";", "é", '\\"', "''", "\u00a0"];
    expectSameReading("split", textOf(pieces, 14), (text) => {
      const { words, problem } = parseCommandLine(text);
      if (problem !== null) throw new ConfigProblem(problem);
      return words;
    });
  });

  it("is quoted alike in messages", () => {
    const pieces = [
      "a",
      "'",
      '"',
      "\\",
      "\n",
      "\r",
      "\t",
      "\x00",
      "\x7f",
      "é",
      "\u0300",
      "\u200b",
      "\u2028",
      "\u00a0",
      "\u00ad",
      "😀",
      "\u{e0001}",
      " ",
    ];
    expectSameReading("repr", textOf(pieces, 8), repr);
  });

  it("expands alike, with the same refusals", () => {
    const names = { here: "/etc", program_name: "wéb", process_num: 7, numprocs: -3, one: "é" };
    const pieces = [
      "%",
      "%%",
      "%(",
      ")",
      "(",
      "%(here)",
      "%(process_num)",
      "%(numprocs)",
      "%(program_name)",
      "%(nope)",
      "%(one)",
      "s",
      "d",
      "x",
      "X",
      "o",
      "c",
      "r",
      "i",
      "u",
      "0",
      "2",
      "5",
      ".",
      "-",
      "+",
      " ",
      "#",
      "l",
      "z",
      "é",
      "%(process_num)02d",
    ];
    const ours = (text: string) => answerOf(() => expand(text, extend(null, names), "x"));
    // For `%s` without a name Python prints the whole table of names.
    const isRefusedByUsAlone = (answer: Answer) => !answer.ok && answer.message.includes("lacks a name");
    expectAgreement(
      textOf(pieces, 8)
        .filter((text) => !isRefusedByUsAlone(ours(text)))
        .map((text) => ({ ask: "expand", text, names })),
      (question) => ours("text" in question ? question.text : ""),
    );
  });

  it.each([
    ["integer", values.integer],
    ["boolean", values.boolean],
    ["byte_size", values.byteSize],
    ["octal_type", values.octal],
    ["list_of_exitcodes", values.exitCodes],
    ["signal_number", values.signal],
    ["process_or_group_name", values.processOrGroupName],
    ["inet_address", (text: string) => Object.values(values.inetAddress(text))],
  ] as const)("has the same %s", (type, read) => {
    const pieces = [
      "1",
      "0",
      "22",
      "9",
      "255",
      "256",
      "_",
      "+",
      "-",
      " ",
      ",",
      "KB",
      "mb",
      "Gb",
      "b",
      "0o",
      "x",
      "yes",
      "TRUE",
      "off",
      "term",
      "SIG",
      "KILL",
      "hup",
      ":",
      "*",
      "localhost",
      "65535",
      "70000",
      "/",
      ".",
      "'",
    ];
    // Signal 0, which stops nothing, is none for us.
    const texts = textOf(pieces, 4).filter((text) => type !== "signal_number" || parseInteger(text) !== 0);
    expectAgreement(
      texts.map((text) => ({ ask: "value", type, text })),
      (question) => answerOf(() => read("text" in question ? question.text : "")),
    );
  });
});
