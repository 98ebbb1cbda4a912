import type { Command } from "../../ctl/command.ts";
import { CTL_OPTIONS } from "../../ctl/options.ts";
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
- \`check\` and \`convert\` are additions.`;

function renderCommand({ name, summary, forms, notes = [] }: Command): string {
  const rows = forms.map(({ usage, does }) => `| \`${usage.replaceAll("|", "\\|")}\` | ${does} |`);
  return [`### ${name}`, summary, ["| form | what it does |", "| --- | --- |", ...rows].join("\n"), ...notes].join("\n\n");
}
