/** A piece of a line and how it looks; classes of the style sheet, and colours beyond the sixteen. */
export interface Piece {
  readonly text: string;
  readonly className: string;
  readonly color: string;
}

const ESCAPE = "\u001b";

/** Sequences that say how text looks, and all others, which a page cannot show. */
const SEQUENCE = new RegExp(
  `${ESCAPE}(?:\\[([\\d;:]*)m|\\[[\\d;:?<=>!]*[ -/]*[@-~]|\\][^\u0007${ESCAPE}]*(?:\u0007|${ESCAPE}\\\\)?|[@-Z\\\\^_])`,
  "g",
);

/** Control characters that are left then; a carriage return begins the line anew. */
const CONTROL = /[^\P{Cc}\t]/gu;

/** How text looks at the end of what was read. */
export interface Look {
  readonly bold: boolean;
  readonly dim: boolean;
  readonly italic: boolean;
  readonly underline: boolean;
  readonly foreground: string;
  readonly background: string;
}

export const PLAIN: Look = { bold: false, dim: false, italic: false, underline: false, foreground: "", background: "" };

/** Splits a line of a program into pieces that look alike. @returns how the next line begins, too. */
export function readAnsi(line: string, start: Look): { readonly pieces: readonly Piece[]; readonly look: Look } {
  const text = line.slice(line.replace(/\r+$/, "").lastIndexOf("\r") + 1);
  const pieces: Piece[] = [];
  let look = start;
  let from = 0;
  const take = (to: number) => {
    const plain = text.slice(from, to).replace(CONTROL, "");
    if (plain !== "") pieces.push({ text: plain, className: classOf(look), color: colorOf(look) });
  };
  for (const match of text.matchAll(SEQUENCE)) {
    take(match.index);
    from = match.index + match[0].length;
    if (match[1] !== undefined) look = changed(look, match[1]);
  }
  take(text.length);
  return { pieces, look };
}

function classOf({ bold, dim, italic, underline, foreground, background }: Look): string {
  return [
    ...(bold ? ["bold"] : []),
    ...(dim ? ["dim"] : []),
    ...(italic ? ["italic"] : []),
    ...(underline ? ["underline"] : []),
    ...(/^\d+$/.test(foreground) ? [`fg${foreground}`] : []),
    ...(/^\d+$/.test(background) ? [`bg${background}`] : []),
  ].join(" ");
}

function colorOf({ foreground }: Look): string {
  return foreground.startsWith("rgb") ? foreground : "";
}

function changed(look: Look, codes: string): Look {
  let next = look;
  const numbers = codes.split(/[;:]/).map(Number);
  for (let index = 0; index < numbers.length; index++) {
    const code = numbers[index] ?? 0;
    if (code === 0) next = PLAIN;
    else if (code === 1) next = { ...next, bold: true };
    else if (code === 2) next = { ...next, dim: true };
    else if (code === 3) next = { ...next, italic: true };
    else if (code === 4) next = { ...next, underline: true };
    else if (code === 22) next = { ...next, bold: false, dim: false };
    else if (code === 23) next = { ...next, italic: false };
    else if (code === 24) next = { ...next, underline: false };
    else if (code >= 30 && code <= 37) next = { ...next, foreground: String(code - 30) };
    else if (code >= 90 && code <= 97) next = { ...next, foreground: String(code - 82) };
    else if (code === 39) next = { ...next, foreground: "" };
    else if (code >= 40 && code <= 47) next = { ...next, background: String(code - 40) };
    else if (code >= 100 && code <= 107) next = { ...next, background: String(code - 92) };
    else if (code === 49) next = { ...next, background: "" };
    else if (code === 38 || code === 48) {
      const isRgb = numbers[index + 1] === 2;
      const color = isRgb ? rgb(numbers.slice(index + 2, index + 5)) : paletteColor(numbers[index + 2] ?? 0);
      next = code === 38 ? { ...next, foreground: color } : { ...next, background: /^\d+$/.test(color) ? color : "" };
      index += isRgb ? 4 : 2;
    }
  }
  return next;
}

function rgb(parts: readonly number[]): string {
  const [red, green, blue] = [0, 1, 2].map((index) => Math.min(255, Math.max(0, Math.trunc(parts[index] ?? 0) || 0)));
  return `rgb(${red}, ${green}, ${blue})`;
}

/** @see xterm's palette of 256 colours: 16 named ones, a cube of 6 x 6 x 6, and 24 greys. */
function paletteColor(number: number): string {
  if (number < 16) return String(number);
  if (number >= 232) return rgb(Array<number>(3).fill(8 + (number - 232) * 10));
  const cube = number - 16;
  const level = (part: number) => (part === 0 ? 0 : 55 + part * 40);
  return rgb([level(Math.floor(cube / 36)), level(Math.floor(cube / 6) % 6), level(cube % 6)]);
}
