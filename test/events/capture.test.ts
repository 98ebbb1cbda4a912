import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Capture } from "../../src/events/capture.ts";

const BEGIN = "<!--XSUPERVISOR:BEGIN-->";
const END = "<!--XSUPERVISOR:END-->";

/** What becomes of chunks: the text for the log, all pieces that are observed, and the sections. */
class Stream {
  text = "";
  observed = "";
  readonly sections: string[] = [];
  readonly #capture: Capture;

  constructor(maxBytes = 1000) {
    this.#capture = new Capture(maxBytes, (data) => this.sections.push(data.toString("latin1")));
  }

  take(...chunks: readonly string[]): this {
    for (const chunk of chunks) {
      const bytes = Buffer.from(chunk, "latin1");
      this.#capture.take(bytes, this.#give);
      bytes.fill("#");
    }
    return this;
  }

  end(): this {
    this.#capture.end(this.#give);
    return this;
  }

  readonly #give = (piece: Buffer, isText: boolean): void => {
    if (isText) this.text += piece.toString("latin1");
    this.observed += piece.toString("latin1");
  };
}

describe("the capture mode", () => {
  it("takes what is between the tokens out of the text, and the tokens with it", () => {
    const stream = new Stream().take(`before${BEGIN}data${END}after`);
    expect(stream).toMatchObject({ text: "beforeafter", observed: "beforedataafter", sections: ["data"] });
  });

  it("passes short text on at once", () => {
    expect(new Stream().take("x").text).toBe("x");
  });

  it("holds back no more than what may be the beginning of a token", () => {
    expect(new Stream().take("text <!--XSUP").text).toBe("text ");
    expect(new Stream().take("text <!--XSUP", "PER").text).toBe("text <!--XSUPPER");
    expect(new Stream().take("a < b", " < c").text).toBe("a < b < c");
    expect(new Stream().take("<<<<", "<").text).toBe("<<<<");
  });

  it("finds several sections in one chunk, and one section in several", () => {
    const twice = new Stream().take(`${BEGIN}1${END}${BEGIN}${END}-${BEGIN}2${END}`);
    expect(twice).toMatchObject({ text: "-", sections: ["1", "", "2"] });
    expect(new Stream().take(BEGIN, "o", "n", "e", END).sections).toEqual(["one"]);
  });

  it("takes the token of the other kind for text", () => {
    expect(new Stream().take(`${END}a${BEGIN}b${BEGIN}c${END}`)).toMatchObject({ text: `${END}a`, sections: [`b${BEGIN}c`] });
  });

  it("gives out at the end what was held back", () => {
    expect(new Stream().take("line <!--XSUPERVISOR:BEGIN--").end().text).toBe("line <!--XSUPERVISOR:BEGIN--");
  });

  it("drops an unfinished section at the end, and begins anew", () => {
    const stream = new Stream().take(`a${BEGIN}lost<!--XSUPERVISOR:EN`).end().take(`b${BEGIN}c${END}`);
    expect(stream).toMatchObject({ text: "ab", sections: ["c"] });
  });

  it("keeps the latest bytes of a section, dropping whole pieces' worth from the front", () => {
    const sevens = new Stream(100).take(BEGIN, ...Array.from({ length: 100 }, (_, index) => String(1_000_000 + index)), END);
    expect(sevens.sections[0]).toHaveLength(98);
    expect(sevens.sections[0]?.endsWith("1000099")).toBe(true);
    expect(new Stream(100).take(`${BEGIN}${"x".repeat(120)}${END}`).sections[0]).toHaveLength(120);
    expect(new Stream(100).take(BEGIN, "a".repeat(60), "b".repeat(50), END).sections).toEqual([
      `${"a".repeat(10)}${"b".repeat(50)}`,
    ]);
  });

  it("does the same however the stream is cut", () => {
    const parts = fc.constantFrom(BEGIN, END, BEGIN.slice(0, 9), "-->", "<", "text", "<!--XSUPERVISOR:", "\xff\n");
    fc.assert(
      fc.property(fc.array(parts, { maxLength: 12 }), fc.infiniteStream(fc.nat(30)), (said, cuts) => {
        const all = said.join("");
        const whole = new Stream().take(all).end();
        const chunks: string[] = [];
        for (let from = 0; from < all.length; from += chunks.at(-1)?.length ?? 1) {
          chunks.push(all.slice(from, from + 1 + (cuts.next().value ?? 0)));
        }
        const cut = new Stream().take(...chunks).end();
        expect(cut).toMatchObject({ text: whole.text, observed: whole.observed, sections: whole.sections });
        expect(whole.text).toBe(expectedText(all));
      }),
    );
  });
});

/** The text by the plainest means. A BEGIN within a section is data, so what follows it is judged with what came before. */
function expectedText(all: string): string {
  const [first = "", ...rest] = all.split(BEGIN);
  return rest.reduce((text, part) => (part.includes(END) ? text + part.slice(part.indexOf(END) + END.length) : text), first);
}
