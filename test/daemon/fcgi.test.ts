import { readlinkSync, statSync, writeFileSync } from "node:fs";
import { createConnection } from "node:net";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { PYTHON } from "../support/python.ts";
import { TestDaemon } from "../support/test-daemon.ts";
import { waitFor } from "../support/wait.ts";

let daemon: TestDaemon | null = null;
afterEach(async () => {
  await daemon?.stop();
  daemon = null;
});

/** Accepts on descriptor 0 and says who it is. */
const SERVER = `import os, socket
listener = socket.socket(fileno=0)
while True:
    connection, _ = listener.accept()
    connection.sendall(os.environ["SUPERVISOR_PROCESS_NAME"].encode())
    connection.close()
`;

function program(folder: string, ...options: readonly string[]): string {
  return [
    "[fcgi-program:app]",
    `command=${PYTHON} ${join(folder, "app.py")}`,
    `socket=unix://${join(folder, "app.sock")}`,
    "numprocs=2",
    "process_name=app%(process_num)d",
    "startsecs=0",
    ...options,
    "",
  ].join("\n");
}

async function run(configuration: (folder: string) => string): Promise<TestDaemon> {
  daemon = new TestDaemon(configuration, { file: "supervisord.conf" });
  writeFileSync(join(daemon.folder, "app.py"), SERVER);
  return await daemon.start();
}

function ask(path: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let answer = "";
    createConnection(path)
      .on("data", (data) => {
        answer += data;
      })
      .on("end", () => resolve(answer))
      .on("error", reject);
  });
}

describe("a FastCGI program", () => {
  it.each([
    ["of its own", "app", ""],
    ["in a group", "site", "[group:site]\nprograms=app\n"],
  ])("%s shares one socket among its processes", async (_, group, more) => {
    const own = await run((folder) => program(folder) + more);
    const infos = [await own.reach(`${group}:app0`, "RUNNING"), await own.reach(`${group}:app1`, "RUNNING")];
    const sockets = infos.map(({ pid }) => readlinkSync(`/proc/${pid}/fd/0`));
    expect(sockets[0]).toMatch(/^socket:/);
    expect(sockets[1]).toBe(sockets[0]);
    expect(await ask(join(own.folder, "app.sock"))).toMatch(/^app[01]$/);
  });

  it("has its socket from the first start to the last exit", async () => {
    const own = await run((folder) => program(folder));
    const url = `unix://${join(own.folder, "app.sock")}`;
    for (const name of ["app:app0", "app:app1"]) await own.reach(name, "RUNNING");
    await own.call("supervisor.stopProcess", "app:app0");
    expect(await ask(join(own.folder, "app.sock"))).toBe("app1");
    expect(own.log).not.toContain("Closing");
    await own.call("supervisor.stopProcess", "app:app1");
    expect(own.log.match(/(Creating|Closing) socket .*/g)).toEqual([`Creating socket ${url}`, `Closing socket ${url}`]);
    await own.call("supervisor.startProcess", "app:app0");
    expect(await ask(join(own.folder, "app.sock"))).toBe("app0");
  });

  it("gets another socket by an update", async () => {
    const own = await run((folder) => program(folder));
    for (const name of ["app:app0", "app:app1"]) await own.reach(name, "RUNNING");
    own.configure(program(own.folder).replace("app.sock", "new.sock"));
    await own.call("taskmaster.update", []);
    for (const name of ["app:app0", "app:app1"]) await own.reach(name, "RUNNING");
    expect(await ask(join(own.folder, "new.sock"))).toMatch(/^app[01]$/);
    await expect(ask(join(own.folder, "app.sock"))).rejects.toMatchObject({ code: "ECONNREFUSED" });
  });

  it("gets the same socket with other rights by an update", async () => {
    const own = await run((folder) => program(folder, "socket_mode=0700"));
    for (const name of ["app:app0", "app:app1"]) await own.reach(name, "RUNNING");
    own.configure(program(own.folder, "socket_mode=0770"));
    await own.call("taskmaster.update", []);
    for (const name of ["app:app0", "app:app1"]) await own.reach(name, "RUNNING");
    expect(await ask(join(own.folder, "app.sock"))).toMatch(/^app[01]$/);
    expect(statSync(join(own.folder, "app.sock")).mode & 0o777).toBe(0o770);
  });

  it("has no stdin", async () => {
    const own = await run((folder) => program(folder));
    await own.reach("app:app0", "RUNNING");
    await expect(own.call("supervisor.sendProcessStdin", "app:app0", "words")).rejects.toMatchObject({ faultCode: 20 });
  });

  it("does not start when its socket cannot be opened, and tells why", async () => {
    const own = await run((folder) => program(folder, "startretries=0").replace("app.sock", "missing/app.sock"));
    const url = `unix://${join(own.folder, "missing/app.sock")}`;
    const info = await waitFor("the end", async () => {
      const each = await own.info("app:app0");
      return each.statename === "FATAL" ? each : null;
    });
    expect(info.spawnerr).toBe(`cannot create socket ${url}: ENOENT`);
    expect(own.log).toContain(`INFO spawnerr: cannot create socket ${url}: ENOENT`);
  });
});
