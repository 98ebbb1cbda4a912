import { expect, it } from "vitest";
import { COMMANDS } from "../../ctl/command-table.ts";
import { complete } from "../../ctl/complete.ts";

const PROCESSES = [
  { group: "cat", name: "cat" },
  { group: "g", name: "a" },
  { group: "g", name: "b" },
];

it.each<readonly [string, readonly string[], string]>([
  ["st", ["start ", "status ", "stop "], "st"],
  ["  st", ["start ", "status ", "stop "], "st"],
  ["help sto", ["stop "], "sto"],
  ["start ", ["cat ", "g:a ", "g:* ", "g:b "], ""],
  ["start cat g:", ["g:a ", "g:* ", "g:b "], "g:"],
  ["stop cat:", ["cat:cat ", "cat:* "], "cat:"],
  ["update ", ["cat ", "g "], ""],
  ["version ", [], ""],
  ["bogus ", [], ""],
])("Tab behind %j", async (line, offered, word) => {
  const commands = (await Promise.all(COMMANDS.names.map(COMMANDS.find))).filter((command) => command !== null);
  expect(complete(line, commands, PROCESSES)).toEqual([offered, word]);
});
