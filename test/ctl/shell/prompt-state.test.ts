import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { COMMANDS } from "../../../ctl/line/command-table.ts";
import { KEY_BINDINGS, type RawKey } from "../../../ctl/shell/keys.ts";
import {
  ghostOf,
  newPrompt,
  type PromptContext,
  type PromptState,
  pasteText,
  press,
  suggestAnew,
  type Wish,
} from "../../../ctl/shell/prompt-state.ts";
import { suggest } from "../../../ctl/shell/suggestions.ts";

const PROCESSES = [
  { group: "web", name: "web_00", state: "RUNNING" },
  { group: "web", name: "web_01", state: "RUNNING" },
  { group: "db", name: "db", state: "STOPPED" },
  { group: "queue", name: "queue", state: "FATAL" },
];

const commands = (await Promise.all(COMMANDS.names.map(COMMANDS.find))).filter((command) => command !== null);

function aContext(history: readonly string[] = []): PromptContext {
  return { history, suggest: (text, cursor) => suggest(text, cursor, { commands, processes: PROCESSES }) };
}

const ENTER: RawKey = { name: "return", sequence: "\r" };
const TAB: RawKey = { name: "tab", sequence: "\t" };
const key = (name: string): RawKey => ({ name, sequence: `\u001b[${name}` });
const ctrl = (name: string): RawKey => ({ name, ctrl: true, sequence: String.fromCharCode(name.charCodeAt(0) - 96) });
const letters = (text: string): readonly RawKey[] => [...text].map((sequence) => ({ sequence, name: sequence }));

/** Presses keys one after the other; a text is typed letter by letter. */
function type(keys: readonly (string | RawKey)[], context = aContext(), from = newPrompt()): { state: PromptState; wish: Wish } {
  let step: { state: PromptState; wish: Wish } = { state: from, wish: null };
  for (const each of keys.flatMap((one) => (typeof one === "string" ? letters(one) : [one])))
    step = press(step.state, each, context);
  return step;
}

const labels = ({ menu }: PromptState) => menu?.items.map(({ label }) => label) ?? [];

describe("the menu", () => {
  it("offers commands, then the names that the command is for", () => {
    expect(labels(type(["sta"]).state).slice(0, 2)).toEqual(["start", "status"]);
    expect(labels(type(["stop "]).state)).toEqual(["web:web_00", "web:web_01", "web:*", "all"]);
    expect(labels(type(["start "]).state)).toEqual(["db", "queue", "all"]);
    expect(labels(type(["update w"]).state)).toEqual(["web"]);
    expect(labels(type(["signal HU"]).state)).toContain("HUP");
    expect(labels(type(["stop web:web_00 w"]).state)).toEqual(["web:web_01", "web:*"]);
  });

  it("shows the state beside each name", () => {
    expect(type(["status d"]).state.menu?.items[0]).toEqual({ text: "db ", label: "db", detail: "STOPPED" });
  });

  it("offers options, and what has the letters of the word where nothing begins like it", () => {
    expect(labels(type(["status --j"]).state)).toEqual(["--json"]);
    expect(labels(type(["stop 01"]).state)).toEqual(["web:web_01"]);
  });

  it("is gone through with Tab and the arrows, and Enter takes what is chosen", () => {
    expect(type(["stop web:w", TAB]).state.editor.text).toBe("stop web:web_0");
    const [first, second] = [type(["stop web:w", TAB, TAB]), type(["stop web:w", TAB, TAB, key("down")])];
    expect([first, second].map(({ state }) => state.menu?.chosen)).toEqual([0, 1]);
    const taken = type(["stop web:w", TAB, TAB, key("down"), ENTER]);
    expect(taken).toMatchObject({ wish: null, state: { menu: null, editor: { text: "stop web:web_01 " } } });
    expect(press(taken.state, ENTER, aContext()).wish).toBe("submit");
  });

  it("shows what becomes known later, and stays as it is while somebody chooses", () => {
    let known: typeof PROCESSES = [];
    const context: PromptContext = {
      history: [],
      suggest: (text, cursor) => suggest(text, cursor, { commands, processes: known }),
    };
    const waiting = type(["status d"], context).state;
    expect(labels(waiting)).toEqual([]);
    known = PROCESSES;
    const shown = suggestAnew(waiting, context);
    expect(labels(shown)).toEqual(["db"]);
    const chosen = type([TAB], context, type(["status "], context).state).state;
    known = [];
    expect(suggestAnew(chosen, context)).toBe(chosen);
    expect(labels(suggestAnew(shown, context))).toEqual([]);
    known = PROCESSES;
    expect(labels(suggestAnew(type([key("escape")], context, shown).state, context))).toEqual([]);
  });

  it("is closed with Escape", () => {
    expect(type(["sta", { name: "escape", sequence: "\u001b" }]).state.menu).toBeNull();
  });
});

describe("Tab", () => {
  it("takes the only thing that fits, with its blank", () => {
    expect(type(["restar", TAB]).state.editor.text).toBe("restart ");
    expect(type(["stop web:web_01", TAB]).state.editor.text).toBe("stop web:web_01 ");
  });

  it("says when nothing fits", () => {
    expect(type(["xyzzy nothing", TAB]).state.hint).toBe("nothing fits here");
  });
});

describe("what is shown dim", () => {
  it("is the rest of the last line that began so, and is taken at the end of the line", () => {
    const context = aContext(["stop web:web_00", "status"]);
    const { state } = type(["sto"], context);
    expect(ghostOf(state, context)).toBe("p web:web_00");
    expect(press(state, key("right"), context).state.editor.text).toBe("stop web:web_00");
    expect(ghostOf(press(state, key("left"), context).state, context)).toBe("");
  });

  it("is the only word that fits, where no line was like it", () => {
    expect(ghostOf(type(["maint"]).state, aContext())).toBe("ail");
  });
});

describe("earlier lines", () => {
  const context = aContext(["stop db", "status", "stop web:*"]);

  it("come back with the arrow, only those that begin like the line", () => {
    expect(type([key("up"), key("up")], context).state.editor.text).toBe("status");
    const stops = type(["stop", { name: "escape", sequence: "\u001b" }, key("up"), key("up")], context).state;
    expect(stops.editor.text).toBe("stop web:*");
    expect(press(press(stops, key("down"), context).state, key("down"), context).state.editor.text).toBe("stop");
  });

  it("are searched with Ctrl-R, again for an older one, and Escape gives the line back", () => {
    const found = type(["x", ctrl("r"), "stop"], context).state;
    expect([found.editor.text, found.search?.query]).toEqual(["stop db", "stop"]);
    expect(press(found, ctrl("r"), context).state.editor.text).toBe("stop web:*");
    expect(press(found, { name: "escape", sequence: "\u001b" }, context).state).toMatchObject({
      search: null,
      editor: { text: "x" },
    });
    expect(press(found, ENTER, context)).toMatchObject({ wish: "submit", state: { editor: { text: "stop db" } } });
    expect(type([ctrl("r"), "nope"], context).state.hint).toBe("no such line");
  });
});

describe("Ctrl-C", () => {
  it("drops the line, and never leaves", () => {
    expect(type(["stop all", ctrl("c")])).toMatchObject({ wish: null, state: { editor: { text: "" } } });
    expect(type([ctrl("c")])).toMatchObject({ wish: null, state: { hint: "Ctrl-D or exit leaves" } });
  });
});

describe("Ctrl-D", () => {
  it("leaves on an empty line, and erases on any other", () => {
    expect(type([ctrl("d")]).wish).toBe("leave");
    expect(type(["ab", key("home"), ctrl("d")])).toMatchObject({ wish: null, state: { editor: { text: "b" } } });
  });
});

describe("what is pasted", () => {
  it("runs only with consent when it has several lines", () => {
    const pasted = pasteText(newPrompt(), "stop web:*\r\nshutdown\r\n");
    expect(pasted.editor.text).toBe("stop web:*\nshutdown");
    const asked = press(pasted, ENTER, aContext());
    expect(asked).toMatchObject({ wish: null, state: { asks: true } });
    expect(press(asked.state, { sequence: "n", name: "n" }, aContext())).toMatchObject({ wish: null, state: { asks: false } });
    expect(press(asked.state, { sequence: "y", name: "y" }, aContext()).wish).toBe("submit");
  });

  it("holds no control characters, and does not run by its line feed", () => {
    expect(pasteText(newPrompt("x "), "a\u001b[2J\u0007\tb\n").editor.text).toBe("x a[2J b");
  });
});

describe("every key", () => {
  it("has one meaning", () => {
    const keys = KEY_BINDINGS.flatMap((binding) => binding.keys);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it("leaves the prompt in one piece, in any order", () => {
    const raw = fc.record({
      name: fc.constantFrom("return", "tab", "up", "down", "left", "backspace", "escape", "r", "c", "w", "k", "y", "a", ""),
      sequence: fc.oneof(fc.string({ unit: "binary", maxLength: 3 }), fc.constantFrom("s", "t", " ", "w", "-", "\u001f")),
      ctrl: fc.boolean(),
      meta: fc.boolean(),
      shift: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(raw, { maxLength: 40 }), (keys) => {
        const context = aContext(["stop web", "status"]);
        const { state } = type(keys, context);
        expect(state.editor.cursor).toBeLessThanOrEqual(state.editor.text.length);
        expect(state.editor.text).not.toMatch(/[^\P{Cc}\n]/u);
        expect(ghostOf(state, context)).not.toBeUndefined();
      }),
    );
  });
});
