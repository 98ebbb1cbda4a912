/*
 * Loaded into a daemon that is watched: on SIGWINCH it collects garbage, and writes down what the event loop holds and what is left in
 * memory.
 */

const { writeFileSync, renameSync } = require("node:fs");
const { setFlagsFromString } = require("node:v8");
const { runInNewContext } = require("node:vm");

setFlagsFromString("--expose-gc");
const collectGarbage: () => void = runInNewContext("gc");

process.on("SIGWINCH", () => {
  collectGarbage();
  const resources: Record<string, number> = {};
  for (const name of process.getActiveResourcesInfo()) resources[name] = (resources[name] ?? 0) + 1;
  const file = process.env.TASKMASTER_PROBE ?? "";
  writeFileSync(`${file}.part`, JSON.stringify({ resources, heapBytes: process.memoryUsage().heapUsed }));
  renameSync(`${file}.part`, file);
});
