import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { characters } from "../../../ctl/render/characters.ts";
import {
  cut,
  type Editor,
  emptyEditor,
  erase,
  insert,
  MOTIONS,
  move,
  paste,
  transpose,
  undo,
} from "../../../ctl/shell/editor.ts";

/** An editor as `ab|cd` shows it: the bar is the cursor. */
function at(shown: string): Editor {
  return { ...emptyEditor(shown.replace("|", "")), cursor: shown.indexOf("|") };
}

function shown({ text, cursor }: Editor): string {
  return `${text.slice(0, cursor)}|${text.slice(cursor)}`;
}

describe("a line that is edited", () => {
  it.each<readonly [string, string, string]>([
    ["left", "a👍🏽|b", "a|👍🏽b"],
    ["right", "|e\u0301x", "e\u0301|x"],
    ["left", "|ab", "|ab"],
    ["wordLeft", "stop web:a  |", "stop |web:a  "],
    ["wordLeft", "|ab", "|ab"],
    ["wordRight", "|stop web", "stop| web"],
    ["wordRight", "stop| web:a x", "stop web:a| x"],
    ["start", "ab|c", "|abc"],
    ["end", "a|bc", "abc|"],
  ])("moves %s from %s", (motion, from, to) => {
    expect(shown(move(at(from), MOTIONS[motion as keyof typeof MOTIONS]))).toBe(to);
  });

  it("takes text in, erases, cuts and puts back", () => {
    expect(shown(insert(at("a|d"), "bc"))).toBe("abc|d");
    expect(shown(erase(at("日本|語"), MOTIONS.left))).toBe("日|語");
    const without = cut(at("stop web-01|"), MOTIONS.nameLeft);
    expect([shown(without), shown(paste(without))]).toEqual(["stop web-|", "stop web-01|"]);
    expect(shown(cut(at("stop web |x"), MOTIONS.start))).toBe("|x");
    expect([shown(transpose(at("ab|"))), shown(transpose(at("a|b"))), shown(transpose(at("|ab")))]).toEqual([
      "ba|",
      "ba|",
      "|ab",
    ]);
  });

  it("undoes one change after the other", () => {
    const changed = erase(insert(insert(emptyEditor(), "stop "), "web"), MOTIONS.wordLeft);
    expect(shown(changed)).toBe("stop |");
    expect([shown(undo(changed)), shown(undo(undo(changed))), shown(undo(undo(undo(undo(changed)))))]).toEqual([
      "stop web|",
      "stop |",
      "|",
    ]);
  });

  it("keeps its cursor between two characters, whatever is done", () => {
    const acts = fc.oneof(
      fc.string({ unit: "grapheme", maxLength: 6 }).map((text) => (editor: Editor) => insert(editor, text)),
      fc.constantFrom(...Object.values(MOTIONS)).map((motion) => (editor: Editor) => move(editor, motion)),
      fc.constantFrom(...Object.values(MOTIONS)).map((motion) => (editor: Editor) => cut(editor, motion)),
      fc.constantFrom(paste, undo, transpose),
    );
    fc.assert(
      fc.property(fc.array(acts, { maxLength: 30 }), (list) => {
        const { text, cursor } = list.reduce((editor, act) => act(editor), emptyEditor());
        expect(cursor).toBeGreaterThanOrEqual(0);
        expect(cursor).toBeLessThanOrEqual(text.length);
        const halves = [...characters(text.slice(0, cursor)), ...characters(text.slice(cursor))].join("");
        expect(halves).toBe(text);
        expect(/^[\uDC00-\uDFFF]/.test(text.slice(cursor))).toBe(/^[\uDC00-\uDFFF]/.test(text) && cursor === 0);
      }),
    );
  });
});
