import { expect, it } from "vitest";
import { METHODS } from "../../src/rpc/table.ts";
import { renderRpcReference } from "./render-rpc-reference.ts";

it("docs/reference/xml-rpc.md tells what the table of methods says", async () => {
  await expect(renderRpcReference(METHODS)).toMatchFileSnapshot("../../docs/reference/xml-rpc.md");
});
