import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { withGeneratedPart } from "./generated-part.ts";

const PAGE = "docs/explanation/architecture.md";
const BEGIN = "<!-- imports: drawn from biome.json by test/docs/architecture.test.ts -->";
const END = "<!-- end of imports -->";

it("docs/explanation/architecture.md shows the import rules of biome.json", async () => {
  const page = withGeneratedPart(PAGE, BEGIN, END, importTable());
  await expect(page).toMatchFileSnapshot(`../../${PAGE}`);
});

/** What of a lint rule's override matters here. */
interface Override {
  readonly includes: readonly string[];
  readonly linter: {
    readonly rules: {
      readonly style?: {
        readonly noRestrictedImports?: {
          readonly options: { readonly patterns: readonly { readonly group: readonly string[] }[] };
        };
      };
    };
  };
}

/** Each room with the other rooms that no rule forbids it. */
function importTable(): string {
  const rules = readRules();
  const rooms = [...rules.keys()];
  const rows = rooms.map((room) => {
    const allowed = rooms.filter((other) => other !== room && !rules.get(room)?.has(`**/${nameOf(other)}/**`));
    return [`\`${room}/\``, allowed.length === 0 ? "nothing" : allowed.map((other) => `\`${other}/\``).join(", ")] as const;
  });
  return ["", ...alignedTable(["room", "may import"], rows), ""].join("\n");
}

function readRules(): ReadonlyMap<string, ReadonlySet<string>> {
  const text = readFileSync(join(import.meta.dirname, "../../biome.json"), "utf8");
  const { overrides }: { readonly overrides: readonly Override[] } = JSON.parse(text);
  return new Map(
    overrides.flatMap(({ includes, linter }) => {
      const patterns = linter.rules.style?.noRestrictedImports?.options.patterns;
      const [room] = includes;
      if (patterns === undefined || room === undefined) return [];
      return [[room.replace("/**", ""), new Set(patterns.flatMap(({ group }) => group))]];
    }),
  );
}

/** `kernel` for `src/kernel`. */
function nameOf(room: string): string {
  return room.slice(room.lastIndexOf("/") + 1);
}

/** With columns as wide as their widest cell, like the other tables of the page. */
function alignedTable(head: readonly [string, string], rows: readonly (readonly [string, string])[]): readonly string[] {
  const [first, second] = [0, 1].map((column) => Math.max(...[head, ...rows].map((row) => row[column]?.length ?? 0)));
  const line = (left: string, right: string) => `| ${left.padEnd(first ?? 0)} | ${right.padEnd(second ?? 0)} |`;
  return [
    line(...head),
    line("-".repeat(first ?? 0), "-".repeat(second ?? 0)),
    ...rows.map(([left, right]) => line(left, right)),
  ];
}
