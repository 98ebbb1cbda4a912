import { CLIENTS, type ClientName } from "../clients.ts";
import { EXCEPTIONS, type ExceptionName } from "../exceptions.ts";
import type { Comparison } from "./compare.ts";
import type { World } from "./step.ts";

/** A world, and how each of its scenarios went. */
export interface WorldResult {
  readonly world: World;
  readonly comparisons: readonly Comparison[];
}

/** The page that tells what was tried, with which clients, and where the two daemons differ on purpose. */
export function renderMatrix(results: readonly WorldResult[]): string {
  return [
    "# Compatibility",
    "",
    "Written by `npm run compat`, which tells the same to supervisord 4.2.5 and to taskmasterd and compares what comes of it, step by",
    "step. Of the differences, only the exceptions below are accepted.",
    "",
    "## Clients",
    "",
    ...table(["Client", "Version", "Tried", "Result"], results.filter(({ world }) => world.client !== undefined).map(clientRow)),
    "",
    "## Scenarios",
    "",
    ...table(["Of", "Scenarios", "Steps", "Result"], [...results.map(worldRow), totalRow(results)]),
    "",
    "## Exceptions",
    "",
    ...table(["What", "Why", "Met in"], exceptionRows(results)),
    "",
  ].join("\n");
}

/** What is told at the end of a run. */
export function renderSummary(results: readonly WorldResult[]): string {
  const scenarios = results.flatMap(({ comparisons }) => comparisons);
  const failed = scenarios.filter(({ problems }) => problems.length > 0).length;
  const met = exceptionRows(results).map(([name, why, count]) => `  ${name} (${count} scenarios): ${why}`);
  return `\n${scenarios.length} scenarios, ${failed} with differences that are no exceptions. Exceptions that were met:\n${met.join("\n")}\n`;
}

/** The page without what differs from machine to machine. */
export function hideVersions(page: string): string {
  return page.replaceAll(/^(\| [^|]* \|) [\d.~+a-z-]+ \|(?= [^|]*[a-z])/gm, "$1 - |");
}

function clientRow({ world, comparisons }: WorldResult): readonly string[] {
  const { title, version } = CLIENTS[world.client as ClientName];
  return [title, version(), world.scenarios.map(({ name }) => name).join(", "), describeResult(comparisons)];
}

function worldRow({ world, comparisons }: WorldResult): readonly string[] {
  return [world.name, String(world.scenarios.length), String(countSteps(world)), describeResult(comparisons)];
}

function totalRow(results: readonly WorldResult[]): readonly string[] {
  const scenarios = results.reduce((sum, { world }) => sum + world.scenarios.length, 0);
  const steps = results.reduce((sum, { world }) => sum + countSteps(world), 0);
  return ["**all**", String(scenarios), String(steps), describeResult(results.flatMap(({ comparisons }) => comparisons))];
}

function countSteps(world: World): number {
  return world.scenarios.reduce((sum, { steps }) => sum + steps.length, 0);
}

function describeResult(comparisons: readonly Comparison[]): string {
  const failed = comparisons.filter(({ problems }) => problems.length > 0).length;
  if (failed > 0) return `${failed} scenarios differ`;
  return comparisons.some(({ exceptions }) => exceptions.length > 0) ? "the same, but for exceptions" : "the same";
}

function exceptionRows(results: readonly WorldResult[]): readonly (readonly [string, string, string])[] {
  const met = results.flatMap(({ comparisons }) => comparisons.flatMap(({ exceptions }) => [...new Set(exceptions)]));
  return (Object.keys(EXCEPTIONS) as ExceptionName[])
    .map((name) => [name, EXCEPTIONS[name], String(met.filter((each) => each === name).length)] as const)
    .filter(([, , count]) => count !== "0");
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)];
}
