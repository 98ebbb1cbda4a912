import type { Entry } from "../convert/entries.ts";
import type { Template } from "../convert/template.ts";
import type { ConfigKey } from "../keys/key.ts";
import { iniDefault } from "../keys.ts";

/** The lines of one section, and what stands against it. */
export interface RenderedSection {
  readonly lines: readonly string[];
  readonly problems: readonly string[];
  readonly notes: readonly string[];
}

/** A value that INI cannot say. */
class Unsayable {
  readonly why: string;

  constructor(why: string) {
    this.why = why;
  }
}

/**
 * Gives each entry its INI form, and leaves out those that say what is the default anyway.
 * @param header - the name of the section: `program:web`.
 * @param label - how messages call it.
 * @param percentSigns - how often a value is expanded, for the options where that is more than once.
 */
export function renderSection(
  header: string,
  label: string,
  entries: readonly Entry[],
  percentSigns: ReadonlyMap<ConfigKey, number> = new Map(),
): RenderedSection {
  const lines = [`[${header}]`];
  const problems: string[] = [];
  const notes: string[] = [];
  for (const entry of entries) {
    const { option } = entry;
    if (isDefault(entry)) continue;
    if (option.ini === null) {
      const what = entry.value.kind === "word" ? ` ${entry.value.text}` : "";
      notes.push(`${option.yaml}${what} of ${label} is left out: supervisord knows no such option`);
      continue;
    }
    const rendered = renderEntry(entry, percentSigns.get(option) ?? 1);
    const text = rendered instanceof Unsayable ? rendered : checkLine(rendered);
    if (text instanceof Unsayable) problems.push(`cannot write ${option.yaml} of ${label} as INI: ${text.why}`);
    else lines.push(`${option.ini} = ${text}`.trimEnd());
  }
  return { lines, problems, notes };
}

function isDefault({ option, value }: Entry): boolean {
  const byDefault = iniDefault(option);
  if (value.kind === "word") return value.text.toLowerCase() === byDefault?.toLowerCase();
  if (value.kind === "list") return value.items.join(",") === byDefault;
  if (value.kind === "environment") return false;
  const [piece, ...more] = value.template;
  return more.length === 0 && piece?.kind === "text" && piece.text === byDefault;
}

function renderEntry({ option, value }: Entry, expansions: number): string | Unsayable {
  switch (value.kind) {
    case "word":
      return renderWord(option, value.text);
    case "text":
      return renderTemplate(value.template, expansions);
    case "list":
      return value.items.join(",");
    case "environment": {
      const pairs = [...value.variables].map(([name, template]) => renderVariable(name, renderTemplate(template, expansions)));
      return pairs.find((pair) => pair instanceof Unsayable) ?? pairs.join(",");
    }
  }
}

function renderWord({ type }: ConfigKey, text: string): string | Unsayable {
  if (type === "log-target") {
    return text === "inherit" ? new Unsayable("supervisord cannot pass output on to its own stdout") : text.toUpperCase();
  }
  if (type === "activity-log" && text === "none") return new Unsayable("supervisord always writes an activity log");
  if (type === "seconds" && !/^\d+$/.test(text))
    return new Unsayable(`supervisord knows whole seconds only, and this is ${text}`);
  return text;
}

function renderTemplate(template: Template, expansions: number): string {
  return template
    .map((piece) => {
      if (piece.kind === "text") return piece.text.replaceAll("%", "%".repeat(2 ** expansions));
      const name =
        piece.kind === "group" ? "%(group_name)s" : piece.width > 1 ? `%(process_num)0${piece.width}d` : "%(process_num)d";
      return name;
    })
    .join("");
}

/** A value is put into whichever quotes it does not hold; supervisord strips both kinds from its ends. */
function renderVariable(name: string, text: string): string | Unsayable {
  if (!/^[\w/.+\-():]+$/.test(name)) return new Unsayable(`it has no way to write the name ${JSON.stringify(name)}`);
  if (/^["']|["']$/.test(text)) return new Unsayable(`the value of ${name} begins or ends with a quote`);
  if (!text.includes('"')) return `${name}="${text}"`;
  return text.includes("'") ? new Unsayable(`the value of ${name} has both kinds of quotes`) : `${name}='${text}'`;
}

/** Comments begin after any blank, and blanks around a value are dropped. */
function checkLine(text: string): string | Unsayable {
  if (/[\r\n]/.test(text)) return new Unsayable("a value has one line");
  if (/(^|\s)[;#]/.test(text)) return new Unsayable("a ; or # after a space begins a comment");
  if (text.trim() !== text) return new Unsayable("spaces around a value are dropped");
  return text;
}
