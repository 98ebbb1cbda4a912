import { describe, expect, it } from "vitest";
import { parseOptions } from "../../ctl/options.ts";
import { discoverServer } from "../../ctl/remote/discover-server.ts";
import type { ConfigWorld } from "../../src/model/config-world.ts";

/** A machine with these files. */
function aWorld(files: Readonly<Record<string, string>>, facts: Partial<ConfigWorld> = {}): ConfigWorld {
  return {
    env: { XDG_RUNTIME_DIR: "/run/user/1000" },
    cwd: "/here",
    uid: 1000,
    hostName: "host",
    readFile(path) {
      const text = files[path];
      if (text === undefined) throw Object.assign(new Error(`ENOENT: ${path}`), { code: "ENOENT" });
      return text;
    },
    listDirectory: () => [],
    isDirectory: () => true,
    exists: (path) => Object.hasOwn(files, path),
    findUser: () => null,
    findGroup: () => null,
    homeDirectory: () => "/home/me",
    ...facts,
  };
}

async function discover(words: readonly string[], world: ConfigWorld) {
  const parsed = parseOptions(words);
  if (parsed.kind !== "run") throw new Error("not a run");
  const outcome = await discoverServer(parsed.given, "/opt/bin/taskmasterctl", world);
  return outcome.ok ? outcome.value : outcome.errors.map(({ message }) => message);
}

const INI = "[supervisorctl]\nserverurl=unix:///var/run/s.sock\nusername=u\npassword=p\nprompt=prod\nhistory_file=/h\n";

describe("the daemon that is meant", () => {
  it("is the one of the configuration file", async () => {
    expect(await discover(["-c", "/x.conf"], aWorld({ "/x.conf": INI }))).toEqual({
      serverUrl: "unix:///var/run/s.sock",
      username: "u",
      password: "p",
      prompt: "prod",
      historyFile: "/h",
    });
  });

  it("is the one of the command line before that of the file", async () => {
    const words = ["-c", "/x.conf", "-s", "http://far:1", "-u", "me", "-p", "mine", "-r", "/mine"];
    expect(await discover(words, aWorld({ "/x.conf": INI }))).toEqual({
      serverUrl: "http://far:1",
      username: "me",
      password: "mine",
      prompt: "prod",
      historyFile: "/mine",
    });
  });

  it("is that of a file in the usual places", async () => {
    expect(await discover([], aWorld({ "/etc/supervisord.conf": INI }))).toMatchObject({ serverUrl: "unix:///var/run/s.sock" });
  });

  it("listens at the default socket when a YAML file says nothing else", async () => {
    expect(await discover([], aWorld({ "/here/taskmaster.yaml": "programs: { a: { cmd: x } }\n" }))).toMatchObject({
      serverUrl: "unix:///run/user/1000/taskmaster/taskmaster.sock",
      prompt: "taskmaster",
    });
  });

  it("listens at the default socket without any file, if there is one", async () => {
    const world = aWorld({ "/run/user/1000/taskmaster/taskmaster.sock": "" });
    expect(await discover([], world)).toMatchObject({ serverUrl: "unix:///run/user/1000/taskmaster/taskmaster.sock" });
    const root = aWorld({ "/run/taskmaster/taskmaster.sock": "" }, { uid: 0 });
    expect(await discover([], root)).toMatchObject({ serverUrl: "unix:///run/taskmaster/taskmaster.sock" });
  });

  it("listens at the default socket, if there is one, rather than where a supervisord.conf of the system says", async () => {
    const world = aWorld({ "/run/user/1000/taskmaster/taskmaster.sock": "", "/etc/supervisord.conf": INI });
    expect(await discover([], world)).toMatchObject({ serverUrl: "unix:///run/user/1000/taskmaster/taskmaster.sock" });
  });

  it("is supervisord's port when nothing is known", async () => {
    expect(await discover([], aWorld({}))).toEqual({
      serverUrl: "http://localhost:9001",
      username: null,
      password: null,
      prompt: "supervisor",
      historyFile: null,
    });
  });
});

it("a configuration file must be there and have the client's section", async () => {
  expect(await discover(["-c", "/nope.conf"], aWorld({}))).toEqual(["could not find config file /nope.conf"]);
  expect(await discover(["-c", "/x.conf"], aWorld({ "/x.conf": "[supervisord]\n" }))).toEqual([
    ".ini file does not include supervisorctl section",
  ]);
});
