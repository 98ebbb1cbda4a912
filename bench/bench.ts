import { parseArgs } from "node:util";
import type { Figures, Row } from "./row.ts";
import { childrenRows } from "./rows/children.ts";
import { clientRows } from "./rows/client.ts";
import { floodRows } from "./rows/flood.ts";
import { logRows } from "./rows/logs.ts";
import { massStartRows } from "./rows/mass-start.ts";
import { rpcRows } from "./rows/rpc.ts";
import { soakRows } from "./rows/soak.ts";
import { startupRows } from "./rows/startup.ts";
import { streamRows } from "./rows/streams.ts";

/*
 * Measures taskmaster and supervisord in turn, on one machine in one run: times alone mean nothing on a machine that others use.
 * `--only NAME,NAME` chooses rows, `--json` prints figures for programs, `--long` lets flood and soak last five minutes and an hour.
 */

const ROWS: readonly Row[] = [
  ...startupRows,
  ...massStartRows,
  ...childrenRows,
  ...rpcRows,
  ...logRows,
  ...streamRows,
  ...clientRows,
  ...floodRows,
  ...soakRows,
];

// Node reads these certificates at each start. Where the variable is set it would be what the floors are made of.
delete process.env.NODE_EXTRA_CA_CERTS;

const { values } = parseArgs({
  options: { only: { type: "string" }, json: { type: "boolean", default: false }, long: { type: "boolean", default: false } },
});
const names = values.only?.split(",");
const unknown = names?.filter((name) => !ROWS.some((row) => row.name === name)) ?? [];
if (unknown.length > 0) {
  process.stderr.write(`no such row: ${unknown.join(", ")}; there are ${ROWS.map(({ name }) => name).join(", ")}\n`);
  process.exit(2);
}

const measured: (Omit<Row, "measure"> & Figures)[] = [];
if (!values.json) process.stdout.write(line(["row", "work", "taskmaster", "supervisord", "ratio", "floor", "wanted", ""]));
for (const { measure, ...row } of ROWS.filter(({ name }) => names?.includes(name) ?? true)) {
  const figures = await measure(values.long ? "long" : "short");
  measured.push({ ...row, ...figures });
  if (!values.json) process.stdout.write(line(cells(row, figures)));
}
if (values.json) process.stdout.write(`${JSON.stringify(measured, null, 2)}\n`);

function cells({ name, work, unit }: Omit<Row, "measure">, figures: Figures): readonly string[] {
  const { taskmaster, supervisord, floor, wanted, isMet } = figures;
  const shown = (value: number | null) => (value === null ? "" : `${value.toFixed(value < 10 ? 2 : 0)} ${unit}`);
  const ratio = supervisord === null ? "" : (taskmaster / supervisord).toFixed(2);
  return [name, work, shown(taskmaster), shown(supervisord), ratio, shown(floor), wanted, isMet ? "met" : "MISSED"];
}

function line(columns: readonly string[]): string {
  const widths = [12, 64, 12, 12, 6, 9, 24, 6];
  return `${columns
    .map((cell, index) => cell.padEnd(widths[index] ?? 0))
    .join(" ")
    .trimEnd()}\n`;
}
