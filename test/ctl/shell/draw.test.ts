import fc from "fast-check";
import stringWidth from "string-width";
import { describe, expect, it } from "vitest";
import { draw } from "../../../ctl/shell/draw.ts";
import { emptyEditor } from "../../../ctl/shell/editor.ts";
import { newPrompt, type PromptState } from "../../../ctl/shell/prompt-state.ts";
import { PLAIN_STYLE } from "../../../ctl/style.ts";

const canvas = (columns: number, ghost = "") => ({ prompt: "tm", columns, style: PLAIN_STYLE, ghost });

function aState(text: string, facts: Partial<PromptState> = {}): PromptState {
  return { ...newPrompt(), editor: emptyEditor(text), ...facts };
}

describe("the prompt on the screen", () => {
  it("has the line behind it, and the cursor where one types", () => {
    expect(draw(aState("stop"), canvas(40))).toEqual({ rows: ["tm> stop"], cursor: { row: 0, column: 8 } });
  });

  it("breaks a long line, wide characters and all", () => {
    expect(draw(aState("abcdef日本語"), canvas(8))).toEqual({
      rows: ["tm> abcd", "ef日本語", ""],
      cursor: { row: 2, column: 0 },
    });
    expect(draw(aState("a日"), canvas(6)).rows).toEqual(["tm> a", "日"]);
  });

  it("shows several lines below each other, and what is dim behind the last", () => {
    expect(draw(aState("stop a\nstop b"), canvas(40)).rows).toEqual(["tm> stop a", "stop b"]);
    expect(draw(aState("sto"), canvas(40, "p web")).rows).toEqual(["tm> stop web"]);
    expect(draw(aState("sto"), canvas(12, "p web:web_00")).rows).toEqual(["tm> stop w…"]);
  });

  it("shows part of a long menu, around what is chosen", () => {
    const items = Array.from({ length: 20 }, (_, index) => ({ text: "", label: `web_${index}`, detail: "RUNNING" }));
    const rows = (chosen: number) => draw(aState("w", { menu: { start: 0, items, chosen } }), canvas(40)).rows;
    expect(rows(-1)).toEqual(["tm> w", ...items.slice(0, 8).map(({ label }) => `  ${label}  RUNNING`), "  and 12 more"]);
    expect(rows(19).at(-2)).toBe("  web_19  RUNNING");
  });

  it("lets no name of a process reach the terminal as an order", () => {
    const items = [{ text: "", label: "a\u001b[2J", detail: "\u001b]0;x\u0007" }];
    const { rows } = draw(aState("a", { menu: { start: 0, items, chosen: 0 } }), canvas(60));
    expect(rows.join("")).not.toMatch(/\p{Cc}/u);
  });

  it("never has a row that is wider than the screen", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 60 }), fc.integer({ min: 8, max: 60 }), (text, columns) => {
        const line = text.replace(/\p{Cc}/gu, "");
        const { rows, cursor } = draw(aState(line), canvas(columns));
        for (const row of rows) expect(stringWidth(row)).toBeLessThanOrEqual(columns);
        expect(cursor.row).toBeLessThan(rows.length);
      }),
    );
  });
});
