import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { PYTHON } from "../support/python.ts";
import { type ClientOutcome, SUPERVISORCTL } from "./clients.ts";

/** The real supervisorctl, whose Python is started once: each command line then runs in a fork of it, as if it were called anew. */
export interface Oracle {
  run(words: readonly string[], input?: string): Promise<ClientOutcome>;
  stop(): void;
}

const SERVER = `
import json, os, sys, tempfile, traceback
from supervisor import supervisorctl

def run(words, text):
    files = [tempfile.TemporaryFile() for _ in range(3)]
    files[0].write(text.encode()); files[0].seek(0)
    pid = os.fork()
    if pid == 0:
        for descriptor, file in enumerate(files):
            os.dup2(file.fileno(), descriptor)
        sys.stdin = open(0, encoding="utf-8")
        sys.argv = ["${SUPERVISORCTL}", *words]
        status = 0
        try:
            supervisorctl.main()
        except SystemExit as end:
            status = end.code or 0
        except BaseException:
            traceback.print_exc()
            status = 1
        sys.stdout.flush(); sys.stderr.flush()
        os._exit(status)
    status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    for file in files:
        file.seek(0)
    return {"stdout": files[1].read().decode(), "stderr": files[2].read().decode(), "status": status}

for line in sys.stdin:
    print(json.dumps(run(*json.loads(line))), flush=True)
`;

export function startOracle(): Oracle {
  const server: ChildProcessWithoutNullStreams = spawn(PYTHON, ["-c", SERVER]);
  const answers = createInterface({ input: server.stdout })[Symbol.asyncIterator]();
  server.stderr.resume();
  return {
    async run(words, input = "") {
      server.stdin.write(`${JSON.stringify([words, input])}\n`);
      const { value, done } = await answers.next();
      if (done) throw new Error("supervisorctl's Python has ended");
      return JSON.parse(value);
    },
    stop: () => server.stdin.end(),
  };
}
