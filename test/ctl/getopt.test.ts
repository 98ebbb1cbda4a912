import { describe, expect, it } from "vitest";
import { parseOptions } from "../../ctl/options.ts";

/** What `run` is given when nothing is. */
const NOTHING = {
  configuration: null,
  serverUrl: null,
  username: null,
  password: null,
  passwordFile: null,
  historyFile: null,
  interactive: false,
  format: { json: false, quiet: false, plain: false },
  action: null,
};

describe("the command line", () => {
  it.each<readonly [readonly string[], object]>([
    [[], {}],
    [["status"], { action: ["status"] }],
    [["-ic", "x", "stop", "a b"], { interactive: true, configuration: "x", action: ["stop", "a b"] }],
    [["-cx"], { configuration: "x" }],
    [["--conf=x", "--user", "u"], { configuration: "x", username: "u" }],
    [["-s", "unix:///x"], { serverUrl: "unix:///x" }],
    [["tail", "-f", "x"], { action: ["tail", "-f", "x"] }],
    [["--", "-x"], { action: ["-x"] }],
    [["-"], { action: ["-"] }],
    [[""], { action: [""] }],
    [["--history_file="], { historyFile: "" }],
    [["--pass", "p"], { password: "p" }],
    [["--password-file=f"], { passwordFile: "f" }],
    [["--json", "--quiet", "status"], { format: { json: true, quiet: true, plain: false }, action: ["status"] }],
  ])("%j", (words, given) => {
    expect(parseOptions(words)).toEqual({ kind: "run", given: { ...NOTHING, ...given } });
  });

  it("asks for help with -h, --help and -?, whatever follows", () => {
    for (const word of ["-h", "--help", "-?"]) expect(parseOptions([word, "status"])).toEqual({ kind: "help" });
  });
});
