import { COMMON_OPTIONS, type Command, type CommandOption } from "../../ctl/line/command.ts";
import { DOCUMENT_VERSION } from "../../ctl/line/json-document.ts";
import { CTL_OPTIONS } from "../../ctl/options.ts";
import { commandOptionUsage } from "../../ctl/render/help.ts";
import { optionUsage } from "../../ctl/render/options-help.ts";

/** The reference of the control client as a page of Markdown. */
export function renderCtlReference(commands: readonly Command[]): string {
  return [
    "# taskmasterctl reference",
    "`taskmasterctl [options] [action [arguments]]` does one action and returns its exit status. Without an action it is a shell. This page is " +
      "generated from the table of commands; `taskmasterctl help <action>` tells the same of one.",
    "## Options",
    [
      "| option | meaning |",
      "| --- | --- |",
      ...CTL_OPTIONS.map((option) => `| \`${optionUsage(option)}\` | ${option.text} |`),
    ].join("\n"),
    SERVER,
    "## Actions",
    NAMES,
    "Every action takes these options, before or behind its words:",
    optionTable(COMMON_OPTIONS),
    JSON_DOCUMENT,
    ...commands.map(renderCommand),
    EXIT_STATUSES,
    DIFFERENCES,
  ]
    .join("\n\n")
    .concat("\n");
}

const SERVER = `\
Long options may be abbreviated. The daemon is the one of \`-s\`, else of the configuration file (\`ctl\` in YAML, \`[supervisorctl]\` in INI). Without a
configuration file it is the socket where taskmasterd listens by default (\`$XDG_RUNTIME_DIR/taskmaster/taskmaster.sock\`, as root
\`/run/taskmaster/taskmaster.sock\`) if there is one, else \`http://localhost:9001\`.`;

const NAMES = `\
A name is \`group:process\`, or \`process\` alone where its group is called alike. \`group:*\` is the whole group, \`all\` is everything.`;

const JSON_DOCUMENT = `\
\`--json\` prints one document on one line, and nothing else on stdout:

| member | meaning |
| --- | --- |
| \`taskmasterctl\` | the version of this document, ${DOCUMENT_VERSION}; it changes when a member changes its meaning, not when one is added |
| \`command\` | the action |
| \`status\` | the exit status |
| \`error\` | \`null\` with status 0; else \`kind\` (\`status\`, \`fault\`, \`http\`, \`refused\`, \`missing\`, \`other\`), \`message\` and for faults and HTTP \`code\` |
| \`data\` | what the action found out or did; \`null\` where it has nothing of the kind |
| \`messages\` | what it complains of; without \`data\`, the lines that it prints otherwise |
| \`output\` | the text of a log, where it shows one |

An action that goes on until it is ended prints a document for each thing that happens, if it can (\`events\`, \`logs -f\`, \`status --watch\`).`;

const EXIT_STATUSES = `\
## Exit status

| status | meaning |
| --- | --- |
| 0 | success |
| 1 | an error that has no status of its own |
| 2 | wrong arguments, an unknown group in \`start group:*\`, a configuration file that \`check\` refuses |
| 3 | \`status\`: a process that was shown is stopped; otherwise: the daemon has no \`supervisor.*\` methods |
| 4 | \`status\`: an unknown name, or no daemon to ask; otherwise: the connection was refused |
| 5 | the daemon speaks another version of the interface |
| 7 | there is no such socket, or a process is dead: it could not be started, or did not run |
| 124 | \`wait\`: the time was up |
| 130 | \`wait\`: it was interrupted |

Where several names are given, the last that failed decides. The shell always ends with 0.`;

const DIFFERENCES = `\
## What differs from supervisorctl

Commands, arguments, output and exit statuses are those of supervisorctl 4.2.5, except for these:

- An error without words of its own is \`error: <Fault 6: 'SHUTDOWN_STATE'>\`; there the class, the file and the line of a Python program stand around it.
- Help texts are our own.
- \`update\` leaves processes that do not differ running, where the daemon can do that (taskmasterd can). A group that changed without a process having to
  stop then has no \`stopped\` line.
- Control characters in names and descriptions are shown as \`\\x1b\`. Logs are shown as they are, carriage returns included.
- A configuration file that cannot be read gives its errors and exit status 2; there a traceback and 1.
- On a terminal, \`status\` is a table; \`status --plain\` prints what supervisorctl prints.
- Ctrl-C drops the line that is typed; in supervisorctl it leaves the shell.
- \`check\`, \`convert\`, \`events\`, \`history\`, \`logs\`, \`top\`, \`wait\` and the options with two dashes are additions.`;

function renderCommand({ name, summary, forms, notes = [], options = [] }: Command): string {
  const rows = forms.map(({ usage, does }) => `| \`${usage.replaceAll("|", "\\|")}\` | ${does} |`);
  const table = ["| form | what it does |", "| --- | --- |", ...rows].join("\n");
  return [`### ${name}`, summary, table, ...(options.length === 0 ? [] : [optionTable(options)]), ...notes].join("\n\n");
}

function optionTable(options: readonly CommandOption[]): string {
  const rows = options.map((option) => `| \`${commandOptionUsage(option)}\` | ${option.text} |`);
  return ["| option | meaning |", "| --- | --- |", ...rows].join("\n");
}
