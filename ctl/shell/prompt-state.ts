import { cut, type Editor, emptyEditor, erase, insert, MOTIONS, move, paste, replace, transpose, undo } from "./editor.ts";
import { type KeyAction, meaningOf, type RawKey } from "./keys.ts";
import type { Suggestion, Suggestions } from "./suggestions.ts";

/** All that the prompt shows and knows. */
export interface PromptState {
  readonly editor: Editor;
  readonly menu: Menu | null;
  /** Whether a menu is wanted now, should there be something to suggest: after typing, until it is closed or the cursor moves away. */
  readonly wantsMenu: boolean;
  readonly search: Search | null;
  /** Set while earlier lines are gone through: which one is shown, and what was typed before. */
  readonly recall: { readonly index: number; readonly typed: string } | null;
  /** Whether the user is asked if several pasted lines are to run. */
  readonly asks: boolean;
  /** A line below, until the next key. */
  readonly hint: string;
}

export interface Menu extends Suggestions {
  /** Which item is chosen; -1 for none yet. */
  readonly chosen: number;
}

interface Search {
  readonly query: string;
  /** How many matches are skipped. */
  readonly skipped: number;
  readonly before: Editor;
}

/** What the keys work with. */
export interface PromptContext {
  /** Newest first. */
  readonly history: readonly string[];
  suggest(text: string, cursor: number): Suggestions;
}

const NO_MENU = { menu: null, wantsMenu: false } as const;

/** What a key leads to, besides another state. */
export type Wish = "submit" | "leave" | "suspend" | "redraw" | null;

export interface Step {
  readonly state: PromptState;
  readonly wish: Wish;
}

export function newPrompt(text = ""): PromptState {
  return { editor: emptyEditor(text), menu: null, wantsMenu: false, search: null, recall: null, asks: false, hint: "" };
}

/** What one key does. */
export function press(state: PromptState, key: RawKey, context: PromptContext): Step {
  const meaning = meaningOf(key);
  if (meaning === null) return stay({ ...state, hint: "" });
  const fresh = { ...state, hint: "" };
  if (fresh.asks) return answer(fresh, "text" in meaning ? meaning.text : "");
  if (fresh.search !== null) return searchKey(fresh, fresh.search, meaning, context);
  if ("text" in meaning) return stay(typed(fresh, insert(fresh.editor, meaning.text), context));
  return act(fresh, meaning.action, context);
}

/** Puts in what was pasted. Its lines stay one text until the user agrees to run them; control characters are left out. */
export function pasteText(state: PromptState, text: string): PromptState {
  const harmless = text
    .replace(/\r\n?/g, "\n")
    .replace(/\t/g, " ")
    .replace(/\n+$/, "")
    .replace(/[^\P{Cc}\n]/gu, "");
  return { ...state, editor: insert(state.editor, harmless), ...NO_MENU, search: null, hint: "" };
}

/** What there is to suggest has changed: the menu shows it, unless somebody is choosing from it. */
export function suggestAnew(state: PromptState, context: PromptContext): PromptState {
  if (!state.wantsMenu || state.asks || chosenItem(state.menu) !== undefined) return state;
  return { ...state, menu: menuFor(state.editor, context) };
}

/** What could follow the line, shown dim: the rest of an earlier line, or of the only word that fits. */
export function ghostOf({ editor, menu, search, asks }: PromptState, { history }: Pick<PromptContext, "history">): string {
  const { text, cursor } = editor;
  if (search !== null || asks || text === "" || cursor !== text.length || (menu !== null && menu.chosen >= 0)) return "";
  const earlier = history.find((line) => line.length > text.length && line.startsWith(text));
  if (earlier !== undefined) return earlier.slice(text.length);
  const only = menu?.items.length === 1 ? menu.items[0] : undefined;
  const word = text.slice(menu?.start ?? 0);
  return only?.text.startsWith(word) ? only.text.trimEnd().slice(word.length) : "";
}

function act(state: PromptState, action: KeyAction, context: PromptContext): Step {
  const { editor, menu } = state;
  switch (action) {
    case "accept":
      return accept(state);
    case "complete":
      return stay(complete(state, 1, context));
    case "completeBack":
      return stay(complete(state, -1, context));
    case "right":
    case "end": {
      const ghost = ghostOf(state, context);
      return stay(ghost === "" ? moved(state, move(editor, MOTIONS[action])) : typed(state, insert(editor, ghost), context));
    }
    case "left":
    case "start":
    case "wordLeft":
    case "wordRight":
      return stay(moved(state, move(editor, MOTIONS[action])));
    case "up":
      return stay(menu !== null && menu.chosen >= 0 ? choose(state, menu, -1) : recall(state, 1, context));
    case "down":
      return stay(
        menu !== null && (menu.chosen >= 0 || state.recall === null) ? choose(state, menu, 1) : recall(state, -1, context),
      );
    case "search":
      return stay({ ...state, ...NO_MENU, search: { query: "", skipped: 0, before: editor } });
    case "close":
      return stay({ ...state, ...NO_MENU });
    case "clear":
      if (editor.text === "") return stay({ ...state, ...NO_MENU, hint: "Ctrl-D or exit leaves" });
      return stay({ ...newPrompt(), editor: { ...emptyEditor(), cut: editor.cut } });
    case "leaveOrErase":
      return editor.text === "" ? { state, wish: "leave" } : stay(typed(state, erase(editor, MOTIONS.right), context));
    case "suspend":
      return { state, wish: "suspend" };
    case "redraw":
      return { state, wish: "redraw" };
    default:
      return stay(typed(state, EDITS[action](editor), context));
  }
}

const EDITS: Readonly<
  Record<
    | "eraseLeft"
    | "eraseRight"
    | "cutWordLeft"
    | "cutNameLeft"
    | "cutWordRight"
    | "cutToStart"
    | "cutToEnd"
    | "paste"
    | "transpose"
    | "undo",
    (editor: Editor) => Editor
  >
> = {
  eraseLeft: (editor) => erase(editor, MOTIONS.left),
  eraseRight: (editor) => erase(editor, MOTIONS.right),
  cutWordLeft: (editor) => cut(editor, MOTIONS.wordLeft),
  cutNameLeft: (editor) => cut(editor, MOTIONS.nameLeft),
  cutWordRight: (editor) => cut(editor, MOTIONS.wordRight),
  cutToStart: (editor) => cut(editor, MOTIONS.start),
  cutToEnd: (editor) => cut(editor, MOTIONS.end),
  paste,
  transpose,
  undo,
};

/** The line has another text: what was suggested is out of date. */
function typed(state: PromptState, editor: Editor, context: PromptContext): PromptState {
  return { ...state, editor, recall: null, menu: menuFor(editor, context), wantsMenu: true };
}

function moved(state: PromptState, editor: Editor): PromptState {
  return { ...state, editor, ...NO_MENU };
}

/** What is suggested while somebody types; nothing on an empty line. */
function menuFor({ text, cursor }: Editor, context: PromptContext): Menu | null {
  if (text.trim() === "" || text.includes("\n")) return null;
  const suggestions = context.suggest(text, cursor);
  const word = text.slice(suggestions.start, cursor);
  const isDone = suggestions.items.length === 1 && suggestions.items[0]?.label === word;
  return suggestions.items.length === 0 || isDone ? null : { ...suggestions, chosen: -1 };
}

/** Takes the only suggestion or what all have in common; where that is nothing new, goes on to the next in the menu. */
function complete(state: PromptState, direction: 1 | -1, context: PromptContext): PromptState {
  const { editor, menu } = state;
  if (menu !== null && menu.chosen >= 0) return choose(state, menu, direction);
  const { start, items } = context.suggest(editor.text, editor.cursor);
  const [first] = items;
  if (first === undefined) return { ...state, ...NO_MENU, hint: "nothing fits here" };
  const word = editor.text.slice(start, editor.cursor);
  const beginning = items.filter(({ label }) => label.startsWith(word));
  const only = items.length === 1 ? first : beginning.length === 1 && word !== "" ? beginning[0] : undefined;
  if (only !== undefined) return typed(state, replace(editor, start, editor.cursor, only.text), context);
  const common = commonStart(beginning.map(({ label }) => label));
  if (common.length > word.length) return typed(state, replace(editor, start, editor.cursor, common), context);
  return choose(state, { start, items, chosen: -1 }, direction);
}

function commonStart(labels: readonly string[]): string {
  let common = labels[0] ?? "";
  for (const label of labels) while (!label.startsWith(common)) common = common.slice(0, -1);
  return common;
}

function choose(state: PromptState, menu: Menu, direction: 1 | -1): PromptState {
  const count = menu.items.length;
  const chosen = menu.chosen < 0 ? (direction === 1 ? 0 : count - 1) : (menu.chosen + direction + count) % count;
  return { ...state, menu: { ...menu, chosen } };
}

function chosenItem(menu: Menu | null): Suggestion | undefined {
  return menu === null ? undefined : menu.items[menu.chosen];
}

function accept(state: PromptState): Step {
  const { editor, menu } = state;
  const item = chosenItem(menu);
  if (item !== undefined && menu !== null) {
    return stay({ ...state, ...NO_MENU, editor: replace(editor, menu.start, editor.cursor, item.text) });
  }
  if (editor.text.includes("\n")) return stay({ ...state, ...NO_MENU, asks: true });
  return { state: { ...state, ...NO_MENU }, wish: "submit" };
}

function answer(state: PromptState, text: string): Step {
  return /^y$/i.test(text) ? { state: { ...state, asks: false }, wish: "submit" } : stay({ ...state, asks: false });
}

/** Goes through the earlier lines that begin like what was typed. @param direction - 1 for older ones. */
function recall(state: PromptState, direction: 1 | -1, { history }: PromptContext): PromptState {
  const { index, typed: text } = state.recall ?? { index: -1, typed: state.editor.text };
  let next = index + direction;
  while (next >= 0 && next < history.length && !history[next]?.startsWith(text)) next += direction;
  if (next >= history.length) return { ...state, ...NO_MENU };
  if (next < 0) return { ...state, editor: { ...emptyEditor(text), cut: state.editor.cut }, recall: null, ...NO_MENU };
  const line = history[next] ?? "";
  return { ...state, editor: { ...emptyEditor(line), cut: state.editor.cut }, recall: { index: next, typed: text }, ...NO_MENU };
}

function searchKey(
  state: PromptState,
  search: Search,
  meaning: NonNullable<ReturnType<typeof meaningOf>>,
  context: PromptContext,
): Step {
  if ("text" in meaning) return stay(found(state, { ...search, query: search.query + meaning.text, skipped: 0 }, context));
  switch (meaning.action) {
    case "search":
      return stay(found(state, { ...search, skipped: search.skipped + 1 }, context));
    case "eraseLeft":
      return stay(found(state, { ...search, query: search.query.slice(0, -1), skipped: 0 }, context));
    case "close":
    case "clear":
      return stay({ ...state, search: null, editor: search.before });
    default:
      return act({ ...state, search: null }, meaning.action, context);
  }
}

function found(state: PromptState, search: Search, { history }: PromptContext): PromptState {
  const matches = search.query === "" ? [] : history.filter((line) => line.includes(search.query));
  const skipped = Math.max(0, Math.min(search.skipped, matches.length - 1));
  const line = matches[skipped];
  const editor = line === undefined ? state.editor : emptyEditor(line);
  return {
    ...state,
    search: { ...search, skipped },
    editor,
    hint: search.query !== "" && line === undefined ? "no such line" : "",
  };
}

function stay(state: PromptState): Step {
  return { state, wish: null };
}
