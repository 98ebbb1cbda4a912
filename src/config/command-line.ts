import type { CommandLine } from "../model/config.ts";

/**
 * Splits a command into words as a POSIX shell does: quotes and backslashes count, everything else (`$`, `~`, `*`, `#`, `;`) is literal.
 * A command that cannot be split is kept with its problem: only a start of the process fails with it. An empty one has no words and no
 * problem.
 */
export function parseCommandLine(text: string): CommandLine {
  const split = splitWords(text);
  return typeof split === "string" ? { text, words: [], problem: split } : { text, words: split, problem: null };
}

/** The command of a list of words; its text is one line that splits into the same words again. */
export function commandLineOfWords(words: readonly string[]): CommandLine {
  return { text: words.map(quoteWord).join(" "), words, problem: null };
}

const BLANK = /[ \t\r\n]/;

/** A word is left alone where no shell would read anything into it. */
function quoteWord(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'"'"'`)}'`;
}

function splitWords(text: string): readonly string[] | "No closing quotation" | "No escaped character" {
  const words: string[] = [];
  let word: string | undefined;
  let at = 0;
  while (at < text.length) {
    const character = text.charAt(at);
    if (BLANK.test(character)) {
      if (word !== undefined) words.push(word);
      word = undefined;
      at += 1;
    } else if (character === "'") {
      const end = text.indexOf("'", at + 1);
      if (end < 0) return "No closing quotation";
      word = (word ?? "") + text.slice(at + 1, end);
      at = end + 1;
    } else if (character === '"') {
      const quoted = readDoubleQuoted(text, at + 1);
      if (typeof quoted === "string") return quoted;
      word = (word ?? "") + quoted.content;
      at = quoted.end;
    } else if (character === "\\") {
      if (at + 1 >= text.length) return "No escaped character";
      word = (word ?? "") + text.charAt(at + 1);
      at += 2;
    } else {
      word = (word ?? "") + character;
      at += 1;
    }
  }
  if (word !== undefined) words.push(word);
  return words;
}

/** Reads up to the closing quote; a backslash escapes only a quote or another backslash. */
function readDoubleQuoted(
  text: string,
  start: number,
): { content: string; end: number } | "No closing quotation" | "No escaped character" {
  let content = "";
  for (let at = start; at < text.length; at++) {
    const character = text.charAt(at);
    if (character === '"') return { content, end: at + 1 };
    if (character !== "\\") {
      content += character;
      continue;
    }
    at += 1;
    if (at >= text.length) return "No escaped character";
    const escaped = text.charAt(at);
    content += escaped === '"' || escaped === "\\" ? escaped : `\\${escaped}`;
  }
  return "No closing quotation";
}
