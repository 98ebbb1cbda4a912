import type { Difference, Scenario, Transcript } from "./step.ts";

/** How the transcripts of one scenario go together. */
export interface Comparison {
  /** Descriptions of what should be the same, and is not. */
  readonly problems: readonly string[];
  /** Names of the exceptions that the scenario met. */
  readonly exceptions: readonly string[];
}

/** Compares step by step. A step with named differences must differ, and in just the way that they say. */
export function compare(scenario: Scenario, original: Transcript, ours: Transcript): Comparison {
  const problems: string[] = [];
  const exceptions: string[] = [];
  for (const [index, step] of scenario.steps.entries()) {
    const theirs = original[index]?.outcome ?? "(nothing)";
    const own = ours[index]?.outcome ?? "(nothing)";
    const problem = judge(step.differences ?? [], theirs, own);
    if (problem !== null) problems.push(`${step.label}\n${problem}`);
    exceptions.push(...(step.differences ?? []).map(({ exception }) => exception));
  }
  return { problems, exceptions };
}

/** @returns what is wrong; `null` for nothing. */
function judge(differences: readonly Difference[], theirs: string, own: string): string | null {
  let reconciled = own;
  for (const difference of differences) {
    const next = reconcile(difference, theirs, reconciled);
    if (next === null)
      return `${showDifference(theirs, own)}\nnot what the exception "${difference.exception}" says: ${difference.ours}`;
    if (next === reconciled) return `the exception "${difference.exception}" is not needed here`;
    reconciled = next;
  }
  return reconciled === theirs ? null : `${showDifference(theirs, reconciled)}\nthese should be the same`;
}

/** Takes a named difference out of our outcome; `null` when it is none of that kind. */
function reconcile({ ours }: Difference, theirs: string, own: string): string | null {
  if (typeof ours === "function") return ours(own);
  const isExpected = typeof ours === "string" ? own === ours : ours.test(own);
  return isExpected ? theirs : null;
}

/** Shows both texts without the lines with which both begin or end. */
function showDifference(theirs: string, own: string): string {
  const [a, b] = [theirs.split("\n"), own.split("\n")];
  const begin = countSame(a, b);
  const end = countSame(a.slice(begin).reverse(), b.slice(begin).reverse());
  const middle = (lines: readonly string[]) => lines.slice(Math.max(begin - 1, 0), lines.length - end);
  return [`  line ${begin + 1}`, ...middle(a).map((line) => `- ${line}`), ...middle(b).map((line) => `+ ${line}`)].join("\n");
}

function countSame(a: readonly string[], b: readonly string[]): number {
  const index = a.findIndex((line, position) => line !== b[position]);
  return index < 0 ? a.length : index;
}
