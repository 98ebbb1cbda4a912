import type { Extent, Row } from "../row.ts";
import { differences, soak } from "../soak.ts";

const SECONDS: Readonly<Record<Extent, number>> = { short: 120, long: 3600 };

/** What the heap may grow by: what the engine keeps of code that it has compiled meanwhile. */
const MOST_HEAP_MIB = 3;

export const soakRows: readonly Row[] = [
  {
    name: "soak",
    work: "start, stop, crash, reload, follow, connect: kinds of things that the daemon holds more of afterwards",
    unit: "",
    async measure(extent) {
      const report = await soak(SECONDS[extent]);
      const found = differences(report, MOST_HEAP_MIB);
      const { before, after, operations } = report;
      const memory = `heap ${before.heapMiB.toFixed(1)} -> ${after.heapMiB.toFixed(1)} MiB, resident ${before.residentMiB.toFixed(0)} -> ${after.residentMiB.toFixed(0)} MiB`;
      process.stderr.write(`${operations} operations; ${memory}\n${found.map((difference) => `${difference}\n`).join("")}`);
      return { taskmaster: found.length, supervisord: null, floor: null, wanted: "0", isMet: found.length === 0 };
    },
  },
];
