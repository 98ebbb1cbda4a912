import { resolve } from "node:path";
import type { Entry } from "../convert/entries.ts";
import type { Template } from "../convert/template.ts";
import type { ConfigKey } from "../keys/key.ts";
import { yamlDefault } from "../keys.ts";
import { escapeDollars } from "./expand.ts";

/** What the writer puts into a document. */
export type YamlValue = string | number | boolean | readonly YamlValue[] | { readonly [key: string]: YamlValue };

/**
 * Gives each entry its YAML form, and leaves out those that say what is the default anyway.
 * @param cwd - where relative paths lead to; in YAML they would start from the file instead.
 */
export function renderEntries(entries: readonly Entry[], cwd: string): { readonly [key: string]: YamlValue } {
  const written = entries.filter((entry) => !isDefault(entry));
  return Object.fromEntries(written.map((entry) => [entry.option.yaml, renderEntry(entry, cwd)]));
}

function isDefault({ option, value }: Entry): boolean {
  const byDefault = yamlDefault(option);
  switch (value.kind) {
    case "word":
      return value.text === byDefault;
    case "text":
      return value.template.length === 1 && value.template[0]?.kind === "text" && value.template[0].text === byDefault;
    case "list":
      return value.items.join(",") === byDefault;
    case "environment":
      return false;
  }
}

function renderEntry({ option, value }: Entry, cwd: string): YamlValue {
  switch (value.kind) {
    case "word":
      return renderWord(option, value.text);
    case "text":
      return renderTemplate(isPath(option) ? absolute(value.template, cwd) : value.template);
    case "list": {
      const items = value.items.map((item) => (option.type === "exit-codes" ? Number(item) : escapeDollars(item)));
      return option.type === "exit-codes" && items.length === 1 ? (items[0] ?? 0) : items;
    }
    case "environment":
      return Object.fromEntries([...value.variables].map(([name, template]) => [name, renderTemplate(template)]));
  }
}

function renderWord({ type }: ConfigKey, text: string): YamlValue {
  switch (type) {
    case "boolean":
      return text === "true";
    case "autorestart":
      return text === "true" ? "always" : text === "false" ? "never" : text;
    case "integer":
    case "seconds":
      return Number(text);
    case "bytes":
      return /^\d+$/.test(text) ? Number(text) : text;
    default:
      return text;
  }
}

function renderTemplate(template: Template): string {
  return template
    .map((piece, index) => {
      if (piece.kind === "group") return "$" + "{GROUP_NAME}";
      if (piece.kind === "number") return piece.width > 1 ? `\${PROCESS_NUM:0${piece.width}d}` : "$" + "{PROCESS_NUM}";
      // A dollar sign right before a variable must not become part of it.
      return index + 1 < template.length ? escapeDollars(`${piece.text}{`).slice(0, -1) : escapeDollars(piece.text);
    })
    .join("");
}

function isPath({ type }: ConfigKey): boolean {
  return type === "path" || type === "directory" || type === "log-target" || type === "activity-log";
}

function absolute(template: Template, cwd: string): Template {
  const [first] = template;
  if (first?.kind === "text" && first.text.startsWith("/")) return template;
  return [{ kind: "text", text: `${resolve(cwd)}/` }, ...template];
}
