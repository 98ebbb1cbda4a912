import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { openLog } from "../../src/logs/open-log.ts";
import { readWindow, tailWindow } from "../../src/logs/window.ts";
import { InheritedOutput } from "../../src/os/inherited-output.ts";
import { isInstalled } from "../support/tools.ts";
import { SinkEvents, TestFolder } from "./support.ts";

const folder = new TestFolder();

/** Runs Python with the real supervisor and reads what it prints as JSON. */
function ask(program: string, question: unknown): unknown {
  const answer = execFileSync("/usr/bin/python3", ["-c", program, JSON.stringify(question)], { encoding: "utf8" });
  return JSON.parse(answer);
}

const WINDOWS = `
import json, sys
from supervisor.options import readFile, tailFile
path, pairs = json.loads(sys.argv[1])
def read(o, l):
    try: return readFile(path, o, l).decode()
    except ValueError as e: return "!" + str(e)
print(json.dumps([[read(o, l), tailFile(path, o, l)] for o, l in pairs]))
`;

const ROTATION = `
import json, sys
from supervisor.loggers import RotatingFileHandler, LogRecord
for path, maxbytes, backups, lengths in json.loads(sys.argv[1]):
    handler = RotatingFileHandler(path, "ab", maxbytes, backups)
    handler.setFormat("%(message)s")
    for i, length in enumerate(lengths):
        handler.emit(LogRecord(20, chr(97 + i % 26) * length))
    handler.close()
print("null")
`;

if (isInstalled("supervisord")) {
  describe("beside the real supervisor", () => {
    it("every window of a short log is the same", () => {
      const path = folder.path("log");
      writeFileSync(path, "0123456789");
      const numbers = [-25, -11, -10, -9, -4, -1, 0, 1, 4, 6, 9, 10, 11, 25];
      const pairs = numbers.flatMap((offset) => numbers.map((length) => [offset, length] as const));
      const ours = pairs.map(([offset, length]) => {
        const read = readWindow(path, offset, length);
        const tail = tailWindow(path, offset, length);
        return [read.ok ? read.value.toString() : `!${read.fault.name}`, [tail.bytes.toString(), tail.offset, tail.overflow]];
      });
      expect(ours).toEqual(ask(WINDOWS, [path, pairs]));
    });

    it("rotation leaves the same files", () => {
      const lengths = Array.from({ length: 60 }, (_, index) => (index * 37) % 90);
      const cases = [1, 50, 100, 333, 10_000].flatMap((maxBytes) => [1, 2, 5].map((backups) => ({ maxBytes, backups })));
      mkdirSync(folder.path("theirs"));
      mkdirSync(folder.path("ours"));
      const name = ({ maxBytes, backups }: (typeof cases)[number]) => `${maxBytes}-${backups}`;
      ask(
        ROTATION,
        cases.map((limits) => [folder.path(`theirs/${name(limits)}`), limits.maxBytes, limits.backups, lengths]),
      );
      for (const limits of cases) {
        const path = folder.path(`ours/${name(limits)}`);
        const file = openLog({ path, mode: 0o666, ...limits }, new InheritedOutput(), new SinkEvents());
        for (const [index, length] of lengths.entries()) file.write(Buffer.alloc(length, 97 + (index % 26)));
        file.close();
      }
      const filesIn = (side: string) => readdirSync(folder.path(side)).map((file) => [file, folder.read(`${side}/${file}`)]);
      expect(filesIn("ours")).toEqual(filesIn("theirs"));
    });
  });
}
