import { execFile } from "node:child_process";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";

const BUILT = pathToFileURL(join(import.meta.dirname, "../../dist/src/os/")).href;

/** What a program of its own says on the pipe that it keeps as descriptor 3. */
async function tell(program: string): Promise<unknown> {
  const script = `exec 3>&1; exec "$0" --input-type=module -e "$1"`;
  const { stdout } = await promisify(execFile)("sh", ["-c", script, process.execPath, program], { timeout: 60_000 });
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
});

describe("the descriptors that a daemon was started with", () => {
  it("are closed in its children, but stay open in itself", async () => {
    const program = `
      import { writeSync } from "node:fs";
      const { keepInheritedDescriptors } = await import("${BUILT}inherited-descriptors.js");
      const { spawn } = await import("${BUILT}spawn.js");
      const { libc, opaqueStruct } = await import("${BUILT}libc.js");
      // Node itself closes the first sixteen on exec.
      libc.dup2(3, 200);
      const shown = () => {
        const options = { env: {}, directory: null, umask: null, openFiles: null, descriptors: [0, 1, 2], terminal: null };
        const argv = ["sh", "-c", "[ -e /proc/self/fd/200 ]"];
        const { pid } = spawn({ ...options, file: "/bin/sh", argv });
        const status = opaqueStruct();
        libc.wait4(pid, status, 0, opaqueStruct());
        return status.readInt32LE() === 0 ? "leaked" : "none";
      };
      const before = shown();
      keepInheritedDescriptors();
      writeSync(200, JSON.stringify([before, shown()]));
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
