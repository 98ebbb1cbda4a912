import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { TRANSITIONS } from "../../src/kernel/transitions.ts";
import { withGeneratedPart } from "./generated-part.ts";

const PAGE = "docs/explanation/states.md";

const EDGES = Object.entries(TRANSITIONS).flatMap(([from, targets]) => targets.map((to) => ({ from, to })));

describe("the page of the process states", () => {
  it("shows the diagram that the table of transitions makes", async () => {
    const page = withGeneratedPart(PAGE, "```mermaid", "```", stateDiagram());
    await expect(page).toMatchFileSnapshot(`../../${PAGE}`);
  });

  it("says of each transition, and of no other, when it happens", () => {
    const page = readFileSync(join(import.meta.dirname, "../..", PAGE), "utf8");
    const rows = [...page.matchAll(/^\| ([A-Z]+) +\| ([A-Z]+) +\| \S/gm)].map(([, from, to]) => ({ from, to }));
    expect(rows).toEqual(EDGES);
  });
});

/** A process begins STOPPED. */
function stateDiagram(): string {
  const edges = EDGES.map(({ from, to }) => `  ${from} --> ${to}`);
  return ["stateDiagram-v2", "  [*] --> STOPPED", ...edges].join("\n");
}
