import { segmented } from "../render/characters.ts";

/** A line that is being typed. */
export interface Line {
  readonly text: string;
  /** An offset into `text`, always between two characters as people count them. */
  readonly cursor: number;
}

export interface Editor extends Line {
  /** What was cut last, for Ctrl-Y. */
  readonly cut: string;
  /** What the line was before each change, the last one last. */
  readonly past: readonly Line[];
}

const MAX_PAST = 200;

/** Far longer than any command, so that a pasted file does not hang the prompt. */
const MAX_LENGTH = 64 * 1024;

export function emptyEditor(text = ""): Editor {
  return { text, cursor: text.length, cut: "", past: [] };
}

export function insert(editor: Editor, text: string): Editor {
  const { text: before, cursor } = editor;
  if (text === "" || before.length + text.length > MAX_LENGTH) return editor;
  return changed(editor, before.slice(0, cursor) + text + before.slice(cursor), cursor + text.length);
}

/** Replaces what stands between two offsets, and leaves the cursor behind it. */
export function replace(editor: Editor, from: number, to: number, text: string): Editor {
  return changed(editor, editor.text.slice(0, from) + text + editor.text.slice(to), from + text.length);
}

export function undo(editor: Editor): Editor {
  const last = editor.past.at(-1);
  return last === undefined ? editor : { ...editor, ...last, past: editor.past.slice(0, -1) };
}

type Motion = (line: Line) => number;

/** Where the keys that move lead; each is a place between two characters. */
export const MOTIONS = {
  left: ({ text, cursor }) => before(text, cursor),
  right: ({ text, cursor }) => after(text, cursor),
  start: () => 0,
  end: ({ text }) => text.length,
  wordLeft: ({ text, cursor }) => cursor - (/\S+\s*$|^\s*$/.exec(text.slice(0, cursor))?.[0].length ?? 0),
  wordRight: ({ text, cursor }) => cursor + (/^\s*\S+/.exec(text.slice(cursor))?.[0].length ?? text.length - cursor),
  nameLeft: ({ text, cursor }) =>
    cursor - (/[\p{L}\p{N}]+[^\p{L}\p{N}]*$|^[^\p{L}\p{N}]*$/u.exec(text.slice(0, cursor))?.[0].length ?? 0),
} as const satisfies Record<string, Motion>;

export function move(editor: Editor, motion: Motion): Editor {
  return { ...editor, cursor: motion(editor) };
}

/** Removes what lies between the cursor and where a motion leads. */
export function erase(editor: Editor, motion: Motion): Editor {
  const [from, to] = span(editor, motion);
  return from === to ? editor : changed(editor, editor.text.slice(0, from) + editor.text.slice(to), from);
}

/** The same, kept for Ctrl-Y. */
export function cut(editor: Editor, motion: Motion): Editor {
  const [from, to] = span(editor, motion);
  return from === to ? editor : { ...erase(editor, motion), cut: editor.text.slice(from, to) };
}

export function paste(editor: Editor): Editor {
  return insert(editor, editor.cut);
}

/** Swaps the characters on both sides of the cursor; at the end the last two. */
export function transpose(editor: Editor): Editor {
  const { text } = editor;
  const middle = editor.cursor === text.length ? before(text, editor.cursor) : editor.cursor;
  const [from, to] = [before(text, middle), after(text, middle)];
  if (from === middle || to === middle) return editor;
  return changed(editor, text.slice(0, from) + text.slice(middle, to) + text.slice(from, middle) + text.slice(to), to);
}

function changed(editor: Editor, text: string, cursor: number): Editor {
  const past = [...editor.past, { text: editor.text, cursor: editor.cursor }].slice(-MAX_PAST);
  return { ...editor, text, cursor, past };
}

function span(line: Line, motion: Motion): readonly [number, number] {
  const to = motion(line);
  return to < line.cursor ? [to, line.cursor] : [line.cursor, to];
}

function before(text: string, offset: number): number {
  if (offset <= 0) return 0;
  return segmented(text).containing(offset - 1)?.index ?? 0;
}

function after(text: string, offset: number): number {
  const next = segmented(text).containing(offset);
  return next === undefined ? text.length : next.index + next.segment.length;
}
