import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer, request } from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { freePort } from "../support/free-port.ts";
import { PYTHON } from "../support/python.ts";
import { TestDaemon } from "../support/test-daemon.ts";
import { waitFor } from "../support/wait.ts";
import { openBrowser, type TestBrowser } from "./browser.ts";

const ATTACK = "<img src=x onerror=alert(1)>";

const CONFIGURATION = `
programs:
  web: { cmd: sleep 1001, starttime: 0, numprocs: 3, env: { API_TOKEN: s3cret, GREETING: "${ATTACK}" } }
  manual: { cmd: sleep 1002, starttime: 0, autostart: false }
  echo: { cmd: "sh -c 'while read line; do echo got $line; done'", starttime: 0 }
  victim: { cmd: sleep 1003, starttime: 0, autorestart: never }
  colours: { cmd: [sh, -c, "printf '\\\\033[31mred\\\\033[0m plain ${ATTACK}\\\\n'; exec sleep 1004"], starttime: 0 }
  noisy: { cmd: [${PYTHON}, -u, -c, "import time\\nn = 0\\nwhile True:\\n  n += 1\\n  print('line', n)\\n  time.sleep(0.0001)"], starttime: 0, autostart: false }
  console: { cmd: "${PYTHON} -i -q", tty: true, starttime: 0 }
  'a<img>&"x"': { cmd: sleep 1005, starttime: 0 }
`;

let daemon: TestDaemon;
let browser: TestBrowser;
let port: number;
let page: Page;

beforeAll(async () => {
  port = await freePort();
  const http = `http: { unix: { file: s.sock }, inet: { port: "127.0.0.1:${port}", username: u, password: p, readonly: { username: v, password: w } } }`;
  daemon = await new TestDaemon(`${CONFIGURATION}${http}\n`).start();
  await daemon.reach("web:web_02", "RUNNING");
  browser = await openBrowser({ httpCredentials: { username: "u", password: "p" } });
  page = await browser.context.newPage();
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await daemon?.stop();
});

afterEach(() => expect(browser.complaints).toEqual([]));

const address = (path = "") => `http://127.0.0.1:${port}/${path}`;
const row = (name: string, on = page) => on.getByRole("row").filter({ has: on.getByRole("link", { name, exact: true }) });

async function open(path: string, on = page): Promise<void> {
  // Another hash alone would not load the page anew.
  await on.goto("about:blank");
  await on.goto(address(path));
  await on.getByText("live", { exact: true }).waitFor();
}

async function openProcess(name: string, tab?: string): Promise<void> {
  await open(`#/process/${encodeURIComponent(name)}`);
  if (tab !== undefined) await page.getByRole("tab", { name: tab }).click();
}

describe("the list of processes", () => {
  it("starts a process and shows its pid, and stops it", async () => {
    await open("");
    await row("manual").getByRole("button", { name: "Start manual" }).click();
    await row("manual").getByText("running").waitFor();
    const { pid } = await daemon.info("manual");
    await row("manual").getByText(String(pid), { exact: true }).waitFor();
    await row("manual").getByRole("button", { name: "Stop manual" }).click();
    await row("manual").getByText("stopped").waitFor();
    expect((await daemon.info("manual")).statename).toBe("STOPPED");
  });

  it("shows a crash by itself, and how the process ended", async () => {
    await open("");
    await row("victim").getByText("running").waitFor();
    process.kill((await daemon.info("victim")).pid, "SIGKILL");
    await row("victim").getByText("exited").waitFor();
    await row("victim").getByText("SIGKILL, unexpected").waitFor();
  });

  it("acts on those that are selected, after asking, and tells what became of each", async () => {
    await open("");
    await page.getByRole("checkbox", { name: "Select group web" }).check();
    await page.getByRole("checkbox", { name: "Select manual" }).check();
    const before = (await daemon.info("web:web_00")).pid;
    await page.getByRole("button", { name: "Restart", exact: true }).click();
    await page.getByRole("dialog").getByText("Restart 4 processes?").waitFor();
    await page.getByRole("dialog").getByRole("button", { name: "Cancel" }).click();
    expect((await daemon.info("web:web_00")).pid).toBe(before);
    await page.getByRole("button", { name: "Restart", exact: true }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Restart" }).click();
    await page.getByText("4 of 4 done").waitFor();
    expect((await daemon.info("web:web_00")).pid).not.toBe(before);
    expect((await daemon.info("manual")).statename).toBe("RUNNING");
    await page.getByRole("button", { name: "Signal", exact: true }).click();
    await page.getByRole("dialog").getByText("Send HUP to 4 processes?").waitFor();
    await page.keyboard.press("Escape");
  });

  it("is searched, filtered and sorted", async () => {
    await open("");
    await page.getByLabel("Search").fill("WEB_0");
    await expect.poll(() => page.getByRole("link", { name: /^web:/ }).count()).toBe(3);
    await expect
      .poll(() =>
        page
          .getByRole("rowheader")
          .filter({ has: page.getByRole("link") })
          .count(),
      )
      .toBe(3);
    await page.getByLabel("Search").fill("");
    await page.getByRole("combobox", { name: /^State/ }).selectOption("EXITED");
    await expect
      .poll(() =>
        page
          .getByRole("rowheader")
          .filter({ has: page.getByRole("link") })
          .allInnerTexts(),
      )
      .toEqual(["victim"]);
    await page.getByRole("combobox", { name: /^State/ }).selectOption("");
    await page.getByRole("button", { name: "Memory" }).click();
    expect(await page.getByRole("columnheader", { name: "Memory" }).getAttribute("aria-sort")).toBe("descending");
  });

  it("shows what processes use, measured only while somebody looks", async () => {
    await open("");
    await row("web:web_00")
      .getByRole("img", { name: /^Memory: \d/ })
      .waitFor();
    await row("web:web_00")
      .getByRole("img", { name: /^CPU: \d/ })
      .waitFor();
  });

  it("is the same in two tabs", async () => {
    await open("");
    const other = await browser.context.newPage();
    await open("", other);
    await row("manual", other).getByRole("button", { name: "Stop manual" }).click();
    await row("manual").getByText("stopped").waitFor();
    await other.close();
  });
});

describe("the page of a process", () => {
  it("shows its log with colours, and nothing of it as markup", async () => {
    await openProcess("colours:colours");
    const log = page.getByRole("log");
    await log.getByText("red").waitFor();
    expect(await log.locator(".fg1").textContent()).toBe("red");
    expect(await log.textContent()).toContain(ATTACK);
    expect(await page.locator("img").count()).toBe(0);
  });

  it("sends a line to its stdin, and the answer comes", async () => {
    await openProcess("echo:echo");
    await page.getByLabel("Line for stdin").fill("hello");
    await page.getByRole("button", { name: "Send" }).click();
    await page.getByRole("log").getByText("got hello").waitFor();
  });

  it("follows a log of thousands of lines a second and stays quick; pauses, searches, and shows what is older", async () => {
    await daemon.call("supervisor.startProcess", "noisy");
    await openProcess("noisy:noisy");
    const log = page.getByRole("log");
    await expect.poll(() => log.locator("div").count(), { timeout: 20_000 }).toBe(3000);
    // A click is answered at once, while lines come.
    const start = performance.now();
    await page.getByRole("button", { name: "Pause" }).click();
    await page.getByRole("button", { name: "Follow" }).waitFor();
    expect(performance.now() - start).toBeLessThan(5000);
    const last = await log.locator("div").last().textContent();
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(await log.locator("div").last().textContent()).toBe(last);
    await page.getByLabel("Search").fill(last ?? "");
    await expect.poll(() => log.locator("div:visible").count()).toBe(1);
    await page.getByLabel("Search").fill("");
    await daemon.call("supervisor.stopProcess", "noisy");
    await page.getByRole("button", { name: "Follow" }).click();
    await page.getByRole("button", { name: "Older" }).click();
    await expect.poll(() => log.locator("div").count()).toBe(3000);
    const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: "Download" }).click()]);
    expect(download.suggestedFilename()).toBe("noisy stdout.log");
    expect(readFileSync(await download.path(), "utf8")).toMatch(/^line 1\nline 2\n/);
  });

  it("tells its history and its configuration, secrets masked", async () => {
    await openProcess("victim:victim", "history");
    await page.getByRole("cell", { name: "terminated by SIGKILL" }).first().waitFor();
    await openProcess("web:web_00", "configuration");
    await page.getByRole("row", { name: /^env.API_TOKEN \*{8}$/ }).waitFor();
    await page.getByRole("row", { name: "cmd sleep 1001" }).waitFor();
    expect(await page.content()).not.toContain("s3cret");
    await page.getByText(ATTACK).waitFor();
    expect(await page.locator("img").count()).toBe(0);
  });

  it("puts the terminal of a program into the page", async () => {
    await openProcess("console:console", "terminal");
    const terminal = page.locator(".xterm");
    await expect.poll(() => terminal.textContent()).toContain(">>>");
    await page.keyboard.type("6 * 7\n");
    await expect.poll(() => terminal.textContent()).toContain("42");
  });

  it("is found by the name of anything", async () => {
    await open("");
    await page.getByRole("link", { name: /^a</ }).click();
    await page.getByRole("heading", { name: /^a</ }).waitFor();
    expect(await page.locator("img").count()).toBe(0);
    await openProcess("no:such");
    await page.getByText("There is no process no:such.").waitFor();
  });
});

describe("the configuration", () => {
  const text = () => page.getByLabel("The text of the configuration");

  it("shows mistakes at their line, keeps what was typed, and is applied after a look at what it would do", async () => {
    await open("#/config");
    await expect.poll(() => text().inputValue()).toContain("sleep 1002");
    const before = await text().inputValue();
    await text().fill(before.replace("sleep 1002", "sleep 2002").replace("manual: { cmd:", "manual: { cmmd:"));
    await page.getByRole("button", { name: "Show what it would do" }).click();
    await page.getByText('cannot use the unknown key "cmmd"').waitFor();
    await page.getByRole("button", { name: "line 4:13" }).click();
    expect(await page.evaluate("document.activeElement.value.slice(document.activeElement.selectionStart).slice(0, 4)")).toBe(
      "cmmd",
    );
    expect(await page.getByRole("button", { name: "Apply" }).isDisabled()).toBe(true);

    await open("#/config");
    expect(await text().inputValue()).toContain("cmmd: sleep 2002");
    await text().fill(before.replace("sleep 1002", "sleep 2002"));
    await page.getByRole("button", { name: "Show what it would do" }).click();
    await page.getByRole("row", { name: /^manual (change|restart|stop|start|nothing) .*cmd: sleep 1002 sleep 2002/ }).waitFor();
    await page.getByRole("button", { name: "Apply" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Apply" }).click();
    await page.getByText(/^applied; what it was is in /).waitFor();
    expect(daemon.read("taskmaster.yaml")).toContain("sleep 2002");
  });
});

describe("the daemon", () => {
  it("shows its log and what happens, and restarts everything only after asking", async () => {
    await open("#/daemon");
    await page
      .getByRole("log")
      .getByText(/ INFO | DEBG /)
      .first()
      .waitFor();
    await daemon.call("supervisor.startProcess", "manual");
    await page.getByText(/PROCESS_STATE_RUNNING manual:manual/).waitFor();
    await page.getByRole("button", { name: "Shut down" }).click();
    await page.getByRole("dialog").getByText("Stop every process and the daemon?").waitFor();
    await page.getByRole("dialog").getByRole("button", { name: "Cancel" }).click();
    const before = (await daemon.info("web:web_00")).pid;
    await page.getByRole("button", { name: "Reload" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Reload" }).click();
    await page.getByText("reloading").waitFor();
    await waitFor("another web", async () => {
      const { pid } = await daemon.info("web:web_00").catch(() => ({ pid: before }));
      return pid !== 0 && pid !== before;
    });
  });

  it("may go away under the page, which says so and finds the next one by itself", async () => {
    await open("");
    await row("web:web_00").getByText("running").waitFor();
    await daemon.stop({ keepFolder: true });
    await page.getByText("not connected: what is shown may be old; trying again").waitFor();
    await daemon.start();
    await page.getByText("live", { exact: true }).waitFor();
    await daemon.reach("web:web_00", "RUNNING");
    await row("web:web_00")
      .getByText(String((await daemon.info("web:web_00")).pid), { exact: true })
      .waitFor();
  });
});

describe("behind a reverse proxy", () => {
  it("works under any path", async () => {
    const proxy = createServer((from, to) => {
      const headers = { ...from.headers, "x-forwarded-host": from.headers.host };
      const onward = request({ port, path: from.url?.replace(/^\/tools\/tm/, ""), method: from.method, headers }, (answer) => {
        to.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(to);
      });
      onward.on("error", () => to.destroy());
      to.on("close", () => onward.destroy());
      from.pipe(onward);
    }).listen(0, "127.0.0.1");
    await once(proxy, "listening");
    const tab = await browser.context.newPage();
    await tab.goto(`http://127.0.0.1:${(proxy.address() as AddressInfo).port}/tools/tm/`);
    await row("manual", tab)
      .getByRole("button", { name: /(Start|Stop) manual/ })
      .click();
    await row("manual", tab)
      .getByText(/running|stopped/)
      .waitFor();
    await tab.getByRole("link", { name: "echo" }).click();
    await tab.getByRole("log").waitFor();
    await tab.getByText("live", { exact: true }).waitFor();
    await tab.close();
    proxy.closeAllConnections();
    proxy.close();
  });
});

describe("others", () => {
  it("get nothing without the password, or with a wrong one", async () => {
    for (const httpCredentials of [undefined, { username: "u", password: "wrong" }]) {
      const stranger = await openBrowser(httpCredentials === undefined ? {} : { httpCredentials });
      const tab = await stranger.context.newPage();
      const response = await tab.goto(address()).catch(() => null);
      expect(response?.status() ?? 401).toBe(401);
      await stranger.close();
    }
  });

  it("with the login for reading see all and can change nothing", async () => {
    const reader = await openBrowser({ httpCredentials: { username: "v", password: "w" } });
    const tab = await reader.context.newPage();
    await open("", tab);
    await row("web:web_00", tab).getByText("running").waitFor();
    await tab.getByText("look only").waitFor();
    expect(await tab.getByRole("button", { name: /^(Stop|Start|Restart) / }).count()).toBe(0);
    await tab.getByRole("checkbox", { name: "Select web:web_00" }).check();
    expect(await tab.getByRole("button", { name: "Stop", exact: true }).isDisabled()).toBe(true);
    expect(await tab.getByRole("link", { name: "Configuration" }).count()).toBe(0);
    await reader.close();
  });
});

describe("a thousand processes", () => {
  it("are shown, searched and updated without the page standing still", async () => {
    const large = new TestDaemon(
      `programs: { sleeper: { cmd: sleep 1006, numprocs: 1000, starttime: 0, stdout: none, stderr: none } }\nhttp: { unix: { file: s.sock }, inet: { port: "127.0.0.1:${await freePort()}" } }`,
    );
    await large.start();
    const tab = await browser.context.newPage();
    const inet = /port: "([^"]+)"/.exec(large.read("taskmaster.yaml"))?.[1];
    await tab.goto(`http://${inet}/`);
    await expect.poll(() => tab.getByRole("link", { name: /^sleeper:/ }).count(), { timeout: 30_000 }).toBe(1000);
    await tab.getByLabel("Search").fill("sleeper_777");
    await expect.poll(() => tab.getByRole("link", { name: /^sleeper:/ }).count()).toBe(1);
    await large.call("supervisor.stopProcess", "sleeper:sleeper_777");
    await tab.getByRole("row").filter({ hasText: "sleeper_777" }).getByText("stopped").waitFor();
    await tab.getByLabel("Search").fill("");
    // How long the longest task took while a hundred processes change.
    await tab.evaluate(`
      globalThis.longest = 0;
      new PerformanceObserver((list) => {
        for (const { duration } of list.getEntries()) globalThis.longest = Math.max(globalThis.longest, duration);
      }).observe({ type: "longtask" });
    `);
    const some = Array.from({ length: 100 }, (_, number) => `sleeper:sleeper_${String(number).padStart(2, "0")}`);
    await Promise.all(some.map((name) => large.call("supervisor.stopProcess", name)));
    await expect.poll(() => tab.getByText("stopped", { exact: true }).count()).toBe(101);
    expect(await tab.evaluate("globalThis.longest")).toBeLessThan(2000);
    await tab.close();
    await large.stop();
  }, 120_000);
});

describe("everybody", () => {
  const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

  it.each([
    ["the processes", ""],
    ["a process", "#/process/web%3Aweb_00"],
    ["the configuration", "#/config"],
    ["the daemon", "#/daemon"],
  ])("can use %s: light, dark and on a phone", async (_name, path) => {
    for (const colorScheme of ["light", "dark"] as const) {
      for (const viewport of [
        { width: 1200, height: 800 },
        { width: 390, height: 800 },
      ]) {
        await page.emulateMedia({ colorScheme });
        await page.setViewportSize(viewport);
        await open(path);
        await page.evaluate(axe);
        const { violations } = (await page.evaluate("axe.run()")) as {
          violations: readonly { id: string; nodes: { html: string }[] }[];
        };
        const told = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`);
        expect(told).toEqual([]);
      }
    }
    await page.setViewportSize({ width: 1200, height: 800 });
  });

  it("can go through it with the keyboard", async () => {
    await open("");
    await page.keyboard.press("Tab");
    await expect.poll(() => page.evaluate("document.activeElement.textContent")).toBe("Processes");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Configuration" }).waitFor();
  });
});
