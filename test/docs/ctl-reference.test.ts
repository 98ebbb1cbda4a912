import { expect, it } from "vitest";
import { COMMANDS } from "../../ctl/line/command-table.ts";
import { renderCtlReference } from "./render-ctl-reference.ts";

it("docs/reference/ctl.md tells what the table of commands says", async () => {
  const commands = await Promise.all(COMMANDS.names.map(COMMANDS.find));
  const page = renderCtlReference(commands.filter((command) => command !== null));
  await expect(page).toMatchFileSnapshot("../../docs/reference/ctl.md");
});

it("every command is called by its name in the table", async () => {
  for (const name of COMMANDS.names) expect((await COMMANDS.find(name))?.name).toBe(name);
});
