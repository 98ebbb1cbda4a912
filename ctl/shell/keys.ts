/** A key as Node tells of it. */
export interface RawKey {
  readonly name?: string | undefined;
  readonly sequence?: string | undefined;
  readonly ctrl?: boolean | undefined;
  readonly meta?: boolean | undefined;
  readonly shift?: boolean | undefined;
}

/** What a key does at the prompt. */
export type KeyAction =
  | "accept"
  | "left"
  | "right"
  | "start"
  | "end"
  | "wordLeft"
  | "wordRight"
  | "eraseLeft"
  | "eraseRight"
  | "cutWordLeft"
  | "cutNameLeft"
  | "cutWordRight"
  | "cutToStart"
  | "cutToEnd"
  | "paste"
  | "transpose"
  | "undo"
  | "up"
  | "down"
  | "complete"
  | "completeBack"
  | "search"
  | "close"
  | "clear"
  | "leaveOrErase"
  | "redraw"
  | "suspend";

interface KeyBinding {
  readonly keys: readonly string[];
  readonly action: KeyAction;
  readonly does: string;
}

/** Every key that is no text; `help keys` and the how-to page are made from this list. */
export const KEY_BINDINGS: readonly KeyBinding[] = [
  { keys: ["enter"], action: "accept", does: "run the line, or take what is chosen in the menu" },
  { keys: ["tab"], action: "complete", does: "complete the word, or choose the next in the menu" },
  { keys: ["shift-tab"], action: "completeBack", does: "choose the one before" },
  { keys: ["right", "ctrl-f"], action: "right", does: "one character to the right; at the end, take what is shown dim" },
  { keys: ["left", "ctrl-b"], action: "left", does: "one character to the left" },
  { keys: ["alt-f", "ctrl-right", "alt-right"], action: "wordRight", does: "one word to the right" },
  { keys: ["alt-b", "ctrl-left", "alt-left"], action: "wordLeft", does: "one word to the left" },
  { keys: ["home", "ctrl-a"], action: "start", does: "to the start of the line" },
  { keys: ["end", "ctrl-e"], action: "end", does: "to the end; there, take what is shown dim" },
  { keys: ["up", "ctrl-p"], action: "up", does: "the line before that begins like this one, or up in the menu" },
  { keys: ["down", "ctrl-n"], action: "down", does: "the line after that, or down in the menu" },
  { keys: ["ctrl-r"], action: "search", does: "search the lines typed before; again for an older one" },
  { keys: ["backspace", "ctrl-h"], action: "eraseLeft", does: "erase the character to the left" },
  { keys: ["delete"], action: "eraseRight", does: "erase the character to the right" },
  { keys: ["ctrl-w"], action: "cutWordLeft", does: "cut the word to the left" },
  { keys: ["alt-backspace"], action: "cutNameLeft", does: "cut the part of a name to the left" },
  { keys: ["alt-d"], action: "cutWordRight", does: "cut the word to the right" },
  { keys: ["ctrl-u"], action: "cutToStart", does: "cut everything to the left" },
  { keys: ["ctrl-k"], action: "cutToEnd", does: "cut everything to the right" },
  { keys: ["ctrl-y"], action: "paste", does: "put in what was cut" },
  { keys: ["ctrl-t"], action: "transpose", does: "swap two characters" },
  { keys: ["ctrl-_"], action: "undo", does: "undo" },
  { keys: ["escape", "ctrl-g"], action: "close", does: "close the menu or the search" },
  { keys: ["ctrl-l"], action: "redraw", does: "clear the screen" },
  { keys: ["ctrl-c"], action: "clear", does: "drop the line" },
  { keys: ["ctrl-d"], action: "leaveOrErase", does: "leave, on an empty line; else erase the character to the right" },
  { keys: ["ctrl-z"], action: "suspend", does: "suspend the shell" },
];

const ACTIONS: ReadonlyMap<string, KeyAction> = new Map(
  KEY_BINDINGS.flatMap(({ keys, action }) => keys.map((key) => [key, action] as const)),
);

/** What a key means: something to do, text to put in, or nothing. */
export type KeyMeaning = { readonly action: KeyAction } | { readonly text: string } | null;

export function meaningOf(key: RawKey): KeyMeaning {
  const action = ACTIONS.get(keyName(key));
  if (action !== undefined) return { action };
  const { sequence = "", ctrl, meta } = key;
  return ctrl || meta || !isText(sequence) ? null : { text: sequence };
}

/** Node's names, as the list above writes them. */
function keyName({ name = "", sequence = "", ctrl, meta, shift }: RawKey): string {
  if (sequence === "\u001f") return "ctrl-_";
  const plain = name === "return" || name === "enter" ? "enter" : name;
  if (plain === "tab" && shift) return "shift-tab";
  if (plain === "escape") return "escape";
  return `${ctrl ? "ctrl-" : ""}${meta ? "alt-" : ""}${plain}`;
}

/** Nothing that a terminal would take for an order may get into the line. */
function isText(sequence: string): boolean {
  return sequence !== "" && !/\p{Cc}/u.test(sequence);
}
