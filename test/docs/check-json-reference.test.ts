import { expect, it } from "vitest";
import { describeConfig } from "../../src/config/describe.ts";
import { loadConfig } from "../../src/config/load.ts";
import { aWorld } from "../config/ini/a-world.ts";

const EXAMPLE = `programs:
  web:
    cmd: node server.js --port 80\${PROCESS_NUM:02d}
    env: { NODE_ENV: production }
`;

it("docs/reference/check-json.md shows what the description of a file is", async () => {
  const path = "/etc/taskmaster/site.yaml";
  const outcome = loadConfig(path, aWorld({ [path]: EXAMPLE }));
  if (!outcome.ok) throw new Error("the example is bad");
  const description = JSON.stringify(describeConfig(outcome.value), null, 2);
  await expect(page(description)).toMatchFileSnapshot("../../docs/reference/check-json.md");
});

function page(description: string): string {
  return `# The configuration as JSON

\`taskmasterctl check --json FILE\` prints what the daemon would make of a file. The \`data\` of the [document](ctl.md) is one object, every default filled in, every variable and expansion replaced,
every program spread into its processes. Options are called as in supervisord's INI, whatever the dialect of the file, so equal files give equal objects but for
\`path\` and \`files\`. This page is generated from a real answer.

| key | type | meaning |
| --- | --- | --- |
| \`path\` | string | the main file, absolute |
| \`files\` | strings | every file that was read, the main file first |
| \`supervisor_interface\` | boolean | whether clients may call the \`supervisor.*\` methods |
| \`daemon\` | object | the options of \`[supervisord]\`; \`logfile\` is a path, \`syslog\` or \`none\` |
| \`servers\` | objects | where the daemon listens: \`kind\` is \`unix\` (\`file\`, \`chmod\`, \`chown\`) or \`inet\` (\`port\`); a password is shown as \`********\` |
| \`groups\` | objects | by priority and name |
| \`groups[].kind\` | string | the section that makes the group: \`program\`, \`group\`, \`eventlistener\` or \`fcgi-program\` |
| \`groups[].listener\` | object | of an event listener only: \`events\`, \`buffer_size\`, \`result_handler\` |
| \`groups[].fcgi\` | object | of a FastCGI program only: \`socket\`, \`socket_owner\`, \`socket_mode\`, \`socket_backlog\` |
| \`groups[].processes\` | objects | the processes, each with the options of its program |

Times are seconds (\`startsecs\`, \`stopwaitsecs\`; fractions are possible), sizes are bytes, modes and umasks are strings of octal digits, owners are
\`uid:gid\`. \`autorestart\` is true, false or \`"unexpected"\`. \`argv\` is \`command\` split into words. A log file is a path, \`auto\`, \`none\` or \`inherit\`. What was
left out and has no default is null. \`environment\` includes that of the \`daemon\`, but not what the daemon itself inherits.

The file

\`\`\`yaml
${EXAMPLE}\`\`\`

gives, read by root:

\`\`\`json
${description}
\`\`\`
`;
}
