import { createHash } from "node:crypto";
import { join } from "node:path";
import type { ProcessId } from "../model/namespec.ts";

/** Leaves room for the ending in a file name, which may have 255 bytes. */
const LONGEST_STEM = 200;

/** The pipe of a process: the same name in every life of the daemon, one name for each process. */
export function fifoPath(folder: string, id: ProcessId, stream: "stdout" | "stderr"): string {
  // Half a surrogate pair, which an escape in a YAML string can be, has no percent-encoding.
  const name = encodeURIComponent(Buffer.from(id).toString());
  const stem =
    name.length <= LONGEST_STEM ? name : `${name.slice(0, LONGEST_STEM - 41)}-${createHash("sha1").update(id).digest("hex")}`;
  return join(folder, `${stem}.${stream}`);
}
