import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

export const ROOT = join(import.meta.dirname, "../..");

export interface Page {
  /** From the top of the project. */
  readonly path: string;
  readonly text: string;
}

export interface Fence {
  /** `sh`, `console`, `yaml`; empty when none is named. */
  readonly language: string;
  /** Without the indentation of the list that it stands in. */
  readonly text: string;
}

/** Everything that is written for people, the generated reference included. */
export function pages(): readonly Page[] {
  const docs = readdirSync(join(ROOT, "docs"), { recursive: true, encoding: "utf8" }).filter((path) => path.endsWith(".md"));
  const paths = ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", ...docs.sort().map((path) => `docs/${path}`)];
  return paths.map((path) => ({ path, text: readFileSync(join(ROOT, path), "utf8") }));
}

const FENCE = /^( *)```(\S*)\n(.*?)^ *```$/gms;

/** The blocks of code of a page. */
export function fences(text: string): readonly Fence[] {
  return [...text.matchAll(FENCE)].map(([, indent = "", language = "", body = ""]) => ({
    language,
    text: body.replaceAll(new RegExp(`^${indent}`, "gm"), ""),
  }));
}

export function withoutFences(text: string): string {
  return text.replaceAll(FENCE, "");
}

/** What stands between backquotes in a page, outside of blocks. */
export function inlineCode(text: string): readonly string[] {
  return [...withoutFences(text).matchAll(/`([^`]+)`/g)].map(([, code = ""]) => code.replaceAll(/\s+/g, " "));
}
