import stringWidth from "string-width";
import { PROCESS_STATE_CODES } from "../../src/model/process-state.ts";
import { cropped, padded } from "../render/cells.ts";
import { characters } from "../render/characters.ts";
import { visible } from "../render/visible.ts";
import { type Paint, type Style, statePaint } from "../style.ts";
import type { Menu, PromptState } from "./prompt-state.ts";

/** What is on the screen: rows that fit it, and where the cursor belongs. */
export interface Drawing {
  readonly rows: readonly string[];
  readonly cursor: { readonly row: number; readonly column: number };
}

export interface Canvas {
  readonly prompt: string;
  readonly columns: number;
  readonly style: Style;
  /** What is shown dim behind the line. */
  readonly ghost: string;
}

const MENU_ROWS = 8;

/** Draws the prompt, the line, and below them the menu or a hint. */
export function draw(state: PromptState, canvas: Canvas): Drawing {
  const { columns, style, ghost } = canvas;
  const { rows, cursor } = layOut(state, canvas);
  const last = rows.at(-1) ?? "";
  const room = columns - stringWidth(last) - 1;
  const line = ghost === "" || room <= 0 ? rows : [...rows.slice(0, -1), last + style.dim(cropped(ghost, room))];
  return { rows: [...line, ...below(state, canvas)], cursor };
}

/** Breaks the line into rows as wide as the screen. */
function layOut({ editor, search }: PromptState, { prompt, columns, style }: Canvas): Drawing {
  const head = search === null ? `${prompt}> ` : `(search) ${visible(search.query)}: `;
  const rows: string[] = [];
  let row = style.bold(head);
  let width = stringWidth(head);
  let offset = 0;
  let cursor = { row: 0, column: width };
  const breakRow = () => {
    rows.push(row);
    row = "";
    width = 0;
  };
  for (const character of characters(editor.text)) {
    if (offset === editor.cursor) cursor = { row: rows.length, column: width };
    offset += character.length;
    if (character === "\n") {
      breakRow();
      continue;
    }
    const size = stringWidth(character);
    if (width + size > columns) breakRow();
    row += character;
    width += size;
  }
  if (width >= columns) breakRow();
  if (offset === editor.cursor) cursor = { row: rows.length, column: width };
  return { rows: [...rows, row], cursor };
}

function below({ editor, menu, asks, hint }: PromptState, { columns, style }: Canvas): readonly string[] {
  if (asks) return [style.yellow(`run these ${editor.text.split("\n").length} lines, one after the other? y/N`)];
  if (hint !== "") return [style.dim(cropped(hint, columns - 1))];
  return menu === null ? [] : menuRows(menu, columns, style);
}

/** The part of the menu around what is chosen. */
function menuRows({ items, chosen }: Menu, columns: number, style: Style): readonly string[] {
  const first = Math.min(Math.max(0, chosen - MENU_ROWS + 1), Math.max(0, items.length - MENU_ROWS));
  const shown = items
    .slice(first, first + MENU_ROWS)
    .map(({ label, detail }) => ({ label: visible(label), detail: visible(detail) }));
  const width = Math.min(Math.max(...shown.map(({ label }) => stringWidth(label))), columns - 4);
  const rows = shown.map(({ label, detail }, index) => {
    const name = padded(cropped(label, width), width);
    const facts = cropped(detail, columns - width - 6);
    const isChosen = first + index === chosen;
    return `  ${isChosen ? style.inverse(name) : name}  ${detailPaint(style, detail)(facts)}`;
  });
  const more = items.length - shown.length;
  return more > 0 ? [...rows, style.dim(`  and ${more} more`)] : rows;
}

/** States have their colours; a few words of explanation have none. */
function detailPaint(style: Style, detail: string): Paint {
  return Object.hasOwn(PROCESS_STATE_CODES, detail) ? statePaint(style, detail) : style.dim;
}
