import type { Position } from "../../model/diagnostic.ts";
import { ConfigProblem } from "./config-problem.ts";
import type { IniDocument, IniOption } from "./ini-document.ts";
import { indentation, isBlankAt, repr, strip, stripEnd } from "./python-text.ts";

/** The options of the sections that one file mentions; what it changed is among them. */
export interface TouchedOptions {
  readonly sections: ReadonlySet<string>;
  readonly defaults: boolean;
}

/**
 * Adds what a file says to a document: known sections are merged and the last value of an option wins.
 * @throws ConfigProblem for text before the first section, and for all lines at once that are neither option nor section.
 * @see Python's configparser.RawConfigParser with inline comments and without strictness, whose rules these are.
 */
export function readIni(document: IniDocument, file: string, text: string): TouchedOptions {
  const touched = new Set<string>();
  let defaults = false;
  let options: Map<string, IniOption> | undefined;
  let open: OpenOption | undefined;
  let indent = 0;
  const badLines: BadLine[] = [];

  const close = () => {
    if (open !== undefined) open.options.set(open.name, { value: stripEnd(open.lines.join("\n")), position: open.position });
    open = undefined;
  };

  for (const [index, line] of splitLines(text).entries()) {
    const { content, commented } = withoutComment(line);
    if (content === "") {
      if (!commented) open?.lines.push("");
      continue;
    }
    const lineIndent = indentation(line);
    if (open !== undefined && lineIndent > indent) {
      open.lines.push(content);
      continue;
    }
    indent = lineIndent;
    const position: Position = { file, line: index + 1, column: null };
    const header = sectionHeader(content);
    if (header !== undefined) {
      close();
      if (header === "DEFAULT") {
        defaults = true;
        options = document.defaults;
      } else {
        touched.add(header);
        options = openSection(document, header, position);
      }
    } else if (options === undefined) {
      throw new ConfigProblem(
        `File contains no section headers.\nfile: ${repr(file)}, line: ${index + 1}\n${repr(line)}`,
        position,
      );
    } else {
      const option = splitOption(content);
      if (option === undefined || option.name === "") badLines.push({ line, position });
      if (option === undefined) continue;
      close();
      if (option.name !== "") open = { options, name: option.name, lines: [option.value], position };
    }
  }
  close();
  if (badLines.length > 0) throw parsingProblem(file, badLines);
  return { sections: touched, defaults };
}

interface OpenOption {
  readonly options: Map<string, IniOption>;
  readonly name: string;
  readonly lines: string[];
  readonly position: Position;
}

interface BadLine {
  readonly line: string;
  readonly position: Position;
}

/** Lines with their LF, as the messages show them; CR and CRLF end a line too. */
function splitLines(text: string): readonly string[] {
  const unified = text.includes("\r") ? text.replace(/\r\n?/g, "\n") : text;
  return unified.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

function withoutComment(line: string): { content: string; commented: boolean } {
  const whole = strip(line);
  if (whole.startsWith("#") || whole.startsWith(";")) return { content: "", commented: true };
  const comment = inlineComment(line);
  return comment < 0 ? { content: whole, commented: false } : { content: strip(line.slice(0, comment)), commented: true };
}

/**
 * Where an inline comment begins; -1 without one. Only a `;` or `#` after a blank begins one, quotes or not. The first `;` and the
 * first `#` are looked at, then the second of each, and so on: where both begin a comment the later may win, as in configparser.
 */
function inlineComment(line: string): number {
  let semicolon = line.indexOf(";");
  let hash = line.indexOf("#");
  while (semicolon >= 0 || hash >= 0) {
    const starts = [semicolon, hash].filter((index) => index === 0 || (index > 0 && isBlankAt(line, index - 1)));
    if (starts.length > 0) return Math.min(...starts);
    if (semicolon >= 0) semicolon = line.indexOf(";", semicolon + 1);
    if (hash >= 0) hash = line.indexOf("#", hash + 1);
  }
  return -1;
}

/** The name between the first bracket and the last one; what follows is ignored. */
function sectionHeader(content: string): string | undefined {
  const end = content.lastIndexOf("]");
  return content.startsWith("[") && end > 1 ? content.slice(1, end) : undefined;
}

function openSection(document: IniDocument, name: string, position: Position): Map<string, IniOption> {
  const known = document.sections.get(name);
  if (known !== undefined) return known.options;
  const section = { name, position, options: new Map<string, IniOption>() };
  document.sections.set(name, section);
  return section.options;
}

function splitOption(content: string): { name: string; value: string } | undefined {
  const delimiter = content.search(/[=:]/);
  if (delimiter < 0) return undefined;
  return { name: stripEnd(content.slice(0, delimiter)).toLowerCase(), value: strip(content.slice(delimiter + 1)) };
}

function parsingProblem(file: string, badLines: readonly BadLine[]): ConfigProblem {
  const list = badLines.map(({ line, position }) => `\n\t[line ${String(position.line).padStart(2)}]: ${repr(line)}`);
  return new ConfigProblem(`Source contains parsing errors: ${repr(file)}${list.join("")}`, badLines[0]?.position);
}
