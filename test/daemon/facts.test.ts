import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { followEvents, type LiveEvent } from "../../ctl/remote/live-events.ts";
import { TestDaemon } from "../support/test-daemon.ts";
import { waitFor } from "../support/wait.ts";

const CONFIGURATION = `
programs:
  web: { cmd: sleep 1001, starttime: 0 }
  tree: { cmd: "sh -c 'sleep 1002 & setsid sleep 1003 & wait'", starttime: 0 }
  once: { cmd: "sh -c 'exit 3'", starttime: 0, autostart: false, autorestart: never }
  broken: { cmd: "sh -c 'exit 4'", starttime: 5, startretries: 1, autostart: false }
`;

interface Facts {
  readonly name: string;
  readonly [fact: string]: unknown;
}

let daemon: TestDaemon;

beforeAll(async () => {
  daemon = await new TestDaemon(CONFIGURATION).start();
  await Promise.all(["web", "tree"].map((name) => daemon.reach(name, "RUNNING")));
});

afterAll(() => daemon?.stop());

const facts = async (...parameters: readonly unknown[]) =>
  (await daemon.call("taskmaster.getProcesses", ...parameters)) as readonly Facts[];

describe("taskmaster.getProcesses", () => {
  it("tells of every process, or of those that are named", async () => {
    expect((await facts()).map(({ name }) => name)).toEqual(["broken", "once", "tree", "web"]);
    expect((await facts(["web:*", "once", "web"])).map(({ name }) => name)).toEqual(["web", "once"]);
    await expect(facts(["nope"])).rejects.toMatchObject({ faultCode: 10, faultString: "BAD_NAME: nope" });
  });

  it("measures a child with everything that it has started, only when asked", async () => {
    expect((await facts(["web"]))[0]).not.toHaveProperty("memory_kib");
    const tree = await waitFor("the tree to have grown", async () => {
      const [measured] = await facts(["tree"], true);
      return measured?.processes === 3 ? measured : undefined;
    });
    expect(tree).toMatchObject({ cpu_seconds: expect.any(Number), memory_kib: expect.any(Number) });
    expect(tree.memory_kib).toBeGreaterThan(500);
    expect((await facts(["once"], true))[0]).toMatchObject({ processes: 0, memory_kib: 0 });
  });

  it("counts the restarts that nobody asked for, and forgets them at a start that somebody did", async () => {
    const { pid } = await daemon.info("web");
    process.kill(pid, "SIGKILL");
    const web = await waitFor("another web", async () => {
      const [now] = await facts(["web"]);
      return now?.pid !== pid && now?.statename === "RUNNING" ? now : undefined;
    });
    expect(web).toMatchObject({ restarts: 1, has_exited: true, exit_code: -1, exit_signal: "SIGKILL", exit_expected: false });
    await daemon.call("supervisor.stopProcess", "web");
    expect((await facts(["web"]))[0]).toMatchObject({ exit_signal: "SIGTERM", exit_expected: true });
    await daemon.call("supervisor.startProcess", "web");
    expect((await facts(["web"]))[0]).toMatchObject({ restarts: 0 });
  });

  it("tells how a start failed that did not last", async () => {
    await daemon.call("supervisor.startProcess", "broken", false);
    await daemon.reach("broken", "FATAL");
    expect((await facts(["broken"]))[0]).toMatchObject({ restarts: 1, exit_code: 4, exit_expected: false, has_exited: true });
  });
});

describe("GET /events", () => {
  it("tells of every change as it happens, and of changes of the configuration", async () => {
    const heard: LiveEvent[] = [];
    const stop = new AbortController();
    const access = { url: `unix://${daemon.socket}`, username: null, password: null };
    const ended = followEvents(access, null, stop.signal, (event) => heard.push(event));
    const hear = (type: string, name: string) =>
      waitFor(`${type} of ${name}`, () =>
        heard.find((event) => event.type === type && [event.data.name, event.data.group].includes(name)),
      );
    await waitFor("the greeting", () => heard[0]?.type === "hello" && heard[0].data.pid === daemon.pid);

    await daemon.call("supervisor.startProcess", "once");
    expect((await hear("PROCESS_STATE_EXITED", "once")).data).toMatchObject({ exit_code: 3, exit_signal: "", expected: false });

    daemon.configure(`${CONFIGURATION}  more: { cmd: sleep 1004, starttime: 0 }\n`.replace("sleep 1001", "sleep 1005"));
    await daemon.call("taskmaster.update");
    await hear("PROCESS_GROUP_ADDED", "more");
    await hear("PROCESS_GROUP_CHANGED", "web");

    await daemon.call("supervisor.restart");
    expect(await ended).toEqual({ ok: true, value: true });
    await waitFor("the daemon to be back", async () => (await daemon.call("supervisor.getState")) as object);
    expect(heard.at(-1)?.type).toMatch(/^PROCESS_STATE_|^SUPERVISOR_STATE_CHANGE_STOPPING$/);
  });
});
