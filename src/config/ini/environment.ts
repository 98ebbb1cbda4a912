import type { Environment } from "../../model/config.ts";
import { ConfigProblem } from "./config-problem.ts";

/**
 * Reads `KEY=value,KEY2="v,2"`. Tokens are taken four at a time: key, `=`, value, and one separator of any kind that is ignored; the
 * quotes around a value are dropped. So `A=$HOME` is `$`, and its HOME is a separator: the format is Python's shlex in its
 * non-POSIX mode, with all that follows from it.
 * @throws ConfigProblem
 */
export function parseEnvironment(text: string): Environment {
  const tokens = tokenize(text);
  const variables = new Map<string, string>();
  for (let at = 0; at < tokens.length; at += 4) {
    const [key, equals, value] = tokens.slice(at, at + 3);
    if (key === undefined || equals !== "=" || value === undefined) {
      throw new ConfigProblem(`Unexpected end of key/value pairs in value '${text}'`);
    }
    variables.set(key, value.replace(/^['"]+|['"]+$/g, ""));
  }
  return Object.fromEntries(variables);
}

const BLANK = /[ \t\r\n]/;
const WORD = /[A-Za-z0-9_/.+\-():]/;

/**
 * A run of word characters is a token, a quoted text at the start of a token is one, and any other character is one by itself. Inside
 * a word a quote is a word character; a `#` there drops the rest of the line, but the word goes on in the next one.
 */
function tokenize(text: string): readonly string[] {
  const characters = [...text];
  const tokens: string[] = [];
  let word = "";
  const endWord = () => {
    if (word !== "") tokens.push(word);
    word = "";
  };
  for (let at = 0; at < characters.length; at++) {
    const character = characters[at] ?? "";
    const isQuote = character === "'" || character === '"';
    if (BLANK.test(character)) endWord();
    else if (character === "#") at = endOfLine(characters, at);
    else if (WORD.test(character) || (isQuote && word !== "")) word += character;
    else if (isQuote) {
      const close = characters.indexOf(character, at + 1);
      if (close < 0) throw new ConfigProblem("No closing quotation");
      tokens.push(characters.slice(at, close + 1).join(""));
      at = close;
    } else {
      endWord();
      tokens.push(character);
    }
  }
  endWord();
  return tokens;
}

function endOfLine(characters: readonly string[], from: number): number {
  const end = characters.indexOf("\n", from);
  return end < 0 ? characters.length : end;
}
