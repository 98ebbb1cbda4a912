import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, it } from "vitest";

const BENCH = join(import.meta.dirname, "../../dist/bench/bench.js");

it("a daemon that was started, stopped, killed, reconfigured and followed for two minutes holds what it held before", async () => {
  const { stdout, stderr } = await promisify(execFile)(process.execPath, [BENCH, "--only", "soak", "--json"]);
  // Which kinds of things there are more of is told on stderr.
  expect(JSON.parse(stdout), stderr).toMatchObject([{ name: "soak", isMet: true }]);
}, 400_000);
