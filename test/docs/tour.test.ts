import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { freePort } from "../support/free-port.ts";
import { isInstalled } from "../support/tools.ts";
import { waitFor } from "../support/wait.ts";
import { fences, type Page, pages, ROOT } from "./markdown.ts";

/** Commands that change nothing: they are asked again until what they tell has come about. */
const LOOKS = /^(?:taskmasterctl (?:status|tail|check)|tail) /;

/** The pages that show everything typed at the prompt, from the first configuration to the end of the daemon. */
describe.each(pages().filter(isTour))("the commands of $path", (page) => {
  let folder = "";
  let env: NodeJS.ProcessEnv = {};

  beforeEach(() => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), "taskmaster-tour-")));
    const bin = join(folder, "bin");
    mkdirSync(bin);
    symlinkSync(join(ROOT, "src/taskmasterd.sh"), join(bin, "taskmasterd"));
    symlinkSync(join(ROOT, "ctl/taskmasterctl.sh"), join(bin, "taskmasterctl"));
    env = { ...process.env, PATH: [bin, process.env.PATH].join(delimiter) };
  });

  afterEach(() => {
    run("taskmasterctl shutdown");
    rmSync(folder, { recursive: true });
  });

  it("print what the page shows", { timeout: 120_000 }, async () => {
    const port = await freePort();
    for (const { language, text } of fences(page.text)) {
      if (language === "yaml") writeFileSync(join(folder, "taskmaster.yaml"), confined(text, port));
      else if (language === "console") for (const { command, output } of dialogue(text)) await expectOutput(command, output);
    }
  });

  async function expectOutput(command: string, output: string): Promise<void> {
    const wanted = essence(output);
    if (LOOKS.test(`${command} `)) await waitFor(`"${command}" to print\n${wanted}`, () => run(command).endsWith(wanted));
    else expect(run(command), command).toBe(wanted);
  }

  function run(command: string): string {
    return essence(spawnSync("sh", ["-c", `${command} 2>&1`], { cwd: folder, env, encoding: "utf8" }).stdout);
  }
});

/** One that drives the real supervisorctl needs it. */
function isTour({ text }: Page): boolean {
  return text.includes("\n$ taskmasterd\n") && (!text.includes("$ supervisorctl") || isInstalled("supervisorctl"));
}

/** The same configuration, which leaves nothing outside of its folder and takes a port that is free. */
function confined(yaml: string, port: number): string {
  return yaml
    .replace("logfile: taskmaster.log", (line) =>
      yaml.includes("daemon: {") ? `${line}, ${PLACES}` : `${line}\n  ${PLACES.replaceAll(", ", "\n  ")}`,
    )
    .replace("8000", String(port));
}

const PLACES = "pidfile: taskmaster.pid, childlogdir: ., runtimedir: run";

/** The commands of a block, each with the lines below it. */
function dialogue(text: string): readonly { readonly command: string; readonly output: string }[] {
  return text
    .split(/^\$ /m)
    .slice(1)
    .map((entry) => {
      const [command = "", ...lines] = entry.split("\n");
      return { command, output: lines.join("\n") };
    });
}

/** What two runs have in common: without pids, times and folders, and without the order in which several processes stop or start. */
function essence(output: string): string {
  const lines = output
    .trim()
    .replaceAll(/\d{4}-\d\d-\d\d [\d:,]+/g, "TIME")
    .replaceAll(/[A-Z][a-z]{2} \d\d \d\d:\d\d [AP]M/g, "TIME")
    .replaceAll(/[A-Z][a-z]{2} [A-Z][a-z]{2} .\d \d\d:\d\d:\d\d \w+ \d{4}/g, "TIME")
    .replaceAll(/pid \d+/g, "pid PID")
    .replaceAll(/uptime \d:\d\d:\d\d/g, "uptime TIME")
    .replaceAll(/\/\S*\/(?=taskmaster\.)/g, "FOLDER/")
    .split("\n");
  const isUnordered = lines.every((line) => /: (?:stopped|started)$/.test(line));
  return (isUnordered ? lines.toSorted() : lines).join("\n");
}
