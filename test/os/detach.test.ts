import { execFile } from "node:child_process";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";

const BUILT = pathToFileURL(join(import.meta.dirname, "../../dist/src/os/")).href;

/** What a program of its own says on the pipe that it keeps as descriptor 3. */
async function tell(program: string): Promise<unknown> {
  const script = `exec 3>&1; exec "$0" --input-type=module -e "$1"`;
  const { stdout } = await promisify(execFile)("sh", ["-c", script, process.execPath, program], { timeout: 20_000 });
  return JSON.parse(stdout);
}

describe("a process that detaches itself", () => {
  it("has /dev/null for its standard streams", async () => {
    const program = `
      import { readlinkSync, writeSync } from "node:fs";
      const { detachStandardStreams, changeDirectory } = await import("${BUILT}detach.js");
      detachStandardStreams();
      console.log("nobody reads this");
      const streams = [0, 1, 2].map((fd) => readlinkSync("/proc/self/fd/" + fd));
      const problem = changeDirectory("/no/such");
      changeDirectory("/");
      writeSync(3, JSON.stringify({ streams, problem, cwd: process.cwd() }));
    `;
    const streams = ["/dev/null", "/dev/null", "/dev/null"];
    expect(await tell(program)).toEqual({ streams, problem: "ENOENT", cwd: "/" });
  });

  it("leads a session of its own", async () => {
    const program = `
      import { readFileSync, writeSync } from "node:fs";
      const { leaveSession } = await import("${BUILT}detach.js");
      leaveSession();
      const session = Number(readFileSync("/proc/self/stat", "utf8").split(") ")[1].split(" ")[3]);
      writeSync(3, JSON.stringify(session === process.pid));
    `;
    expect(await tell(program)).toBe(true);
  });
});

describe("the descriptors that a daemon was started with", () => {
  it("are closed in its children, but stay open in itself", async () => {
    const program = `
      import { closeSync, fstatSync, openSync, readFileSync, writeSync } from "node:fs";
      const { keepInheritedDescriptors } = await import("${BUILT}inherited-descriptors.js");
      const { spawn } = await import("${BUILT}spawn.js");
      const { createReadinessPipe } = await import("${BUILT}detach.js");
      const { libc } = await import("${BUILT}libc.js");
      // Node itself closes the first sixteen on exec.
      libc.dup2(3, 200);
      const listing = () => {
        const { readEnd, writeEnd } = createReadinessPipe();
        const options = { env: {}, directory: null, umask: null, openFiles: null, descriptors: [0, writeEnd, 2] };
        spawn({ ...options, file: "/bin/sh", argv: ["sh", "-c", "[ -e /proc/self/fd/200 ] && echo leaked || echo none"] });
        closeSync(writeEnd);
        const text = readFileSync(readEnd, "utf8").trim();
        closeSync(readEnd);
        return text;
      };
      const before = listing();
      keepInheritedDescriptors();
      writeSync(200, JSON.stringify([before, listing()]));
    `;
    expect(await tell(program)).toEqual(["leaked", "none"]);
  });
});

describe("dropping to a user for good", () => {
  if (process.getuid?.() === 0) {
    it("takes its groups, and there is no way back", async () => {
      const program = `
        import { writeSync } from "node:fs";
        const { dropPrivileges } = await import("${BUILT}drop-privileges.js");
        const nobody = { uid: 65534, gid: 65534, name: "nobody" };
        const problem = dropPrivileges(nobody);
        const again = dropPrivileges(nobody);
        const back = dropPrivileges({ uid: 0, gid: 0, name: "root" });
        writeSync(3, JSON.stringify([problem, again, back, process.getuid(), process.getgid(), process.getgroups()]));
      `;
      const refused = "Can't drop privilege as nonroot user";
      expect(await tell(program)).toEqual([null, null, refused, 65534, 65534, [65534]]);
    });
  } else {
    it("is refused to an ordinary user", async () => {
      const program = `
        import { writeSync } from "node:fs";
        const { dropPrivileges } = await import("${BUILT}drop-privileges.js");
        writeSync(3, JSON.stringify(dropPrivileges({ uid: 0, gid: 0, name: "root" })));
      `;
      expect(await tell(program)).toBe("Can't drop privilege as nonroot user");
    });
  }
});
