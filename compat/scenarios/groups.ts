import { scenario, type World } from "../engine/step.ts";
import { call, unordered } from "../steps/call.ts";
import { allConfigInfoAfterReload } from "../steps/config-info.ts";
import { edit } from "../steps/files.ts";
import { reach, states } from "../steps/processes.ts";

const CAT = "[program:cat]\ncommand=/bin/cat\nstartsecs=0\n";
const DOG = "[program:dog]\ncommand=/bin/sleep 1000\nstartsecs=0\n";
const DOWN = "[program:down]\ncommand=/bin/sleep 1000\nautostart=false\n";
const BASE = CAT + DOWN;

/** Changes to one program, each of which makes its group a changed one. */
const CHANGES: Readonly<Record<string, string>> = {
  "another command": "command=/bin/sleep 2000\nautostart=false\n",
  "another priority": "command=/bin/sleep 1000\nautostart=false\npriority=5\n",
  "another environment": "command=/bin/sleep 1000\nautostart=false\nenvironment=A=1\n",
  "another log": "command=/bin/sleep 1000\nautostart=false\nstdout_logfile=%(here)s/other.log\n",
  "another umask": "command=/bin/sleep 1000\nautostart=false\numask=077\n",
  "another stop signal": "command=/bin/sleep 1000\nautostart=false\nstopsignal=INT\n",
  "other exit codes": "command=/bin/sleep 1000\nautostart=false\nexitcodes=0,1\n",
  "more processes": "command=/bin/sleep 1000\nautostart=false\nnumprocs=2\nprocess_name=%(process_num)d\n",
  "the same, in another order": "autostart=false\ncommand=/bin/sleep 1000\n",
  "the defaults, spelled out":
    "command=/bin/sleep 1000\nautostart=no\nstartsecs=1\npriority=999\nstopsignal=15\nstdout_logfile=AUTO\n",
};

export const groups: World = {
  name: "groups",
  configuration: BASE,
  scenarios: [
    scenario("nothing has changed", call("reloadConfig"), call("reloadConfig")),
    scenario("a group that is there already", call("addProcessGroup", "cat")),
    scenario(
      "groups that are none",
      call("addProcessGroup", "nope"),
      call("removeProcessGroup", "nope"),
      call("removeProcessGroup", "cat:*"),
      call("addProcessGroup", ""),
    ),
    scenario("a group that is still running", reach("cat", "RUNNING"), call("removeProcessGroup", "cat")),
    scenario(
      "a new group",
      edit("a new program", BASE + DOG),
      call("addProcessGroup", "dog"),
      call("reloadConfig"),
      call("reloadConfig"),
      call("addProcessGroup", "dog"),
      reach("dog", "RUNNING"),
      call("addProcessGroup", "dog"),
      call("reloadConfig"),
    ),
    scenario(
      "a group that disappears",
      edit("without dog", BASE),
      call("reloadConfig"),
      call("removeProcessGroup", "dog"),
      call("stopProcessGroup", "dog"),
      call("removeProcessGroup", "dog"),
      call("getProcessInfo", "dog"),
      call("addProcessGroup", "dog"),
      call("reloadConfig"),
    ),
    ...Object.entries(CHANGES).map(([what, options]) =>
      scenario(what, edit(what, `${CAT}[program:down]\n${options}`), call("reloadConfig")),
    ),
    scenario(
      "a changed group is swapped",
      edit("another command", `${CAT}[program:down]\ncommand=/bin/cat\nautostart=true\nstartsecs=0\n`),
      call("reloadConfig"),
      call("removeProcessGroup", "down"),
      call("addProcessGroup", "down"),
      reach("down", "RUNNING"),
      call("reloadConfig"),
    ),
    scenario(
      "a group that is removed may be added again",
      call("stopProcess", "cat"),
      call("removeProcessGroup", "cat"),
      call("reloadConfig"),
      allConfigInfoAfterReload(),
      call("addProcessGroup", "cat"),
      reach("cat", "RUNNING"),
    ),
    scenario(
      "programs that become a group",
      edit("a group", `${CAT}[program:down]\ncommand=/bin/sleep 1\nautostart=false\n[group:g]\nprograms=cat,down\n`),
      call("reloadConfig"),
      call("addProcessGroup", "g"),
      reach("g:cat", "RUNNING"),
      states("g:down", "cat"),
    ),
    scenario(
      "several groups at once",
      edit(
        "five programs",
        `[program:e]\ncommand=x\npriority=1\n[program:d]\ncommand=x\npriority=2\n[program:b]\ncommand=x\n[program:a]\ncommand=x\n${CAT}priority=3\n`,
      ),
      call("reloadConfig"),
    ),
    scenario(
      "a group removed while its processes retry",
      edit("a failing one", `${BASE}[program:fails]\ncommand=/bin/sh -c "exit 1"\nstartsecs=20\nstartretries=50\n`),
      call("reloadConfig"),
      call("addProcessGroup", "fails"),
      reach("fails", "BACKOFF"),
      call("removeProcessGroup", "fails"),
      call("stopProcess", "fails"),
      states("fails"),
      call("removeProcessGroup", "fails"),
    ),
    scenario(
      "a file that cannot be read",
      edit("a bad value", `${BASE}numprocs=two\n`),
      call("reloadConfig"),
      edit("the good one again", BASE),
      call("reloadConfig"),
    ),
    scenario(
      "another name of the daemon",
      edit("an identifier", `${BASE}[supervisord]\nidentifier=other\n`),
      call("reloadConfig"),
      call("getIdentification"),
      edit("the old name", BASE),
      call("reloadConfig"),
      call("getIdentification"),
    ),
    scenario(
      "an environment for all",
      edit("an environment", `${BASE}[supervisord]\nenvironment=ALL="yes"\n`),
      unordered(call("reloadConfig")),
    ),
  ],
};
