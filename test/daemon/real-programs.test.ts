import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { freePort } from "../support/free-port.ts";
import { TestDaemon } from "../support/test-daemon.ts";
import { isInstalled } from "../support/tools.ts";
import { waitFor } from "../support/wait.ts";

/** Programs of Debian's, unmodified, in the foreground, as people run them under supervisord. */
describe("under the daemon", () => {
  let daemon: TestDaemon | null = null;

  afterEach(async () => {
    await daemon?.stop();
  });

  it.skipIf(!isInstalled("nginx"))("nginx serves, and logs to /dev/stdout", async () => {
    const port = await freePort();
    const own = new TestDaemon((folder) => ini("nginx", `nginx -c ${folder}/nginx.conf -p ${folder} -g "daemon off;"`), {
      file: "supervisord.conf",
    });
    daemon = own;
    mkdirSync(join(own.folder, "tmp"));
    writeFileSync(join(own.folder, "nginx.conf"), nginxConf(own.folder, port));
    await own.start();
    await own.reach("nginx", "RUNNING");
    const response = await fetch(`http://127.0.0.1:${port}/hello`);
    expect(await response.text()).toBe("served\n");
    await waitFor("the access log", () => own.read("nginx.out").includes("GET /hello"));
    await own.call("supervisor.stopProcess", "nginx");
    expect((await own.info("nginx")).exitstatus).toBe(0);
  });

  it.skipIf(!isInstalled("redis-server"))("redis-server serves, and saves when it is stopped", async () => {
    const port = await freePort();
    const own = new TestDaemon((folder) => ini("redis", `redis-server --bind 127.0.0.1 --port ${port} --dir ${folder}`), {
      file: "supervisord.conf",
    });
    daemon = own;
    await own.start();
    await own.reach("redis", "RUNNING");
    await waitFor("redis", () => own.read("redis.out").includes("Ready to accept connections"));
    await own.call("supervisor.stopProcess", "redis");
    expect(own.read("redis.out")).toContain("bye bye");
    expect((await own.info("redis")).exitstatus).toBe(0);
  });

  it.skipIf(!isInstalled("python3"))("Python's http.server serves, and its stderr is kept", async () => {
    const port = await freePort();
    const command = `python3 -u -m http.server --bind 127.0.0.1 ${port}`;
    const own = new TestDaemon((folder) => ini("python", command, `directory=${folder}`), { file: "supervisord.conf" });
    daemon = own;
    await own.start();
    await own.reach("python", "RUNNING");
    await waitFor("an answer", async () => (await fetch(`http://127.0.0.1:${port}/supervisord.conf`)).ok);
    await waitFor("the log", () => own.read("python.err").includes("GET /supervisord.conf"));
  });

  it("a shell script is stopped with all its grandchildren by stopasgroup", async () => {
    const own = new TestDaemon((folder) => ini("script", `sh ${folder}/script.sh`, "stopasgroup=true"), {
      file: "supervisord.conf",
    });
    daemon = own;
    writeFileSync(join(own.folder, "script.sh"), "sleep 6001 & sh -c 'sleep 6002 & echo $!; wait' & echo $!; wait\n");
    await own.start();
    const { pid } = await own.reach("script", "RUNNING");
    await waitFor("the grandchildren", () => own.read("script.out").trim().split("\n").length === 2);
    expect(sessionOf(pid).length).toBeGreaterThanOrEqual(4);
    await own.call("supervisor.stopProcess", "script");
    await waitFor("the end of all of them", () => sessionOf(pid).length === 0);
  });
});

function ini(name: string, command: string, ...more: readonly string[]): string {
  return [
    `[program:${name}]`,
    `command=${command}`,
    `stdout_logfile=%(here)s/${name}.out`,
    `stderr_logfile=%(here)s/${name}.err`,
    ...more,
    "",
  ].join("\n");
}

function nginxConf(folder: string, port: number): string {
  const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map(
    (name) => `${name}_temp_path ${folder}/tmp/${name};`,
  );
  return `worker_processes 1; pid ${folder}/nginx.pid; error_log /dev/stderr; events {}
    http { access_log /dev/stdout; ${temporary.join(" ")} server { listen 127.0.0.1:${port}; location / { return 200 "served\\n"; } } }\n`;
}

/** The live processes of a session. */
function sessionOf(leader: number): readonly number[] {
  return readdirPids().filter((pid) => {
    try {
      const [state, , , session] = readFileSync(`/proc/${pid}/stat`, "utf8")
        .replace(/^.*\) /, "")
        .split(" ");
      return state !== "Z" && Number(session) === leader;
    } catch {
      return false;
    }
  });
}

function readdirPids(): readonly number[] {
  return readdirSync("/proc").map(Number).filter(Number.isInteger);
}
