import { expect, it } from "vitest";
import { DAEMON_OPTIONS } from "../../src/daemon/options.ts";

it("docs/reference/taskmasterd.md tells what the table of options says", async () => {
  await expect(renderDaemonReference()).toMatchFileSnapshot("../../docs/reference/taskmasterd.md");
});

function renderDaemonReference(): string {
  const rows = DAEMON_OPTIONS.map(({ short, long, placeholder, text }) => {
    const value = placeholder === null ? "" : ` ${placeholder}`;
    return `| ${short === null ? "" : `\`-${short}${value}\``} | \`--${long}${value}\` | ${text} |`;
  });
  return [
    "# taskmasterd",
    "",
    "The daemon. Its options are supervisord's, with the same letters and meanings. Long options may be shortened as far as they stay",
    "unique. An option wins over the configuration file, also when that is read again.",
    "",
    "| short | long | meaning |",
    "|---|---|---|",
    ...rows,
    "",
    "## Signals",
    "",
    "| signal | effect |",
    "|---|---|",
    "| TERM, INT, QUIT | stops every program, then exits |",
    "| HUP | reads the configuration again and applies what differs; a bad one changes nothing |",
    "| USR2 | closes and opens every log anew |",
    "",
    "## Exit status",
    "",
    "| status | meaning |",
    "|---|---|",
    "| 0 | a normal stop; or the daemon is up in the background |",
    "| 1 | a failure of the system |",
    "| 2 | a mistake in the command line or the configuration, or an address that is in use |",
    "",
  ].join("\n");
}
