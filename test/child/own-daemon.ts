import { join } from "node:path";
import { pathToFileURL } from "node:url";

const BUILT = pathToFileURL(join(import.meta.dirname, "../../dist/src/")).href;

/**
 * The text of a program that is a small daemon: it takes a runtime directory, the words of a command and a log path as JSON, starts
 * the command and writes a line of JSON for everything that it sees.
 */
export const OWN_DAEMON = `
const { ChildProcesses } = await import("${BUILT}child/child-processes.js");
const { InheritedOutput } = await import("${BUILT}os/inherited-output.js");
const { runtimeDir, words, log } = JSON.parse(process.argv[2]);
const tell = (seen) => process.stdout.write(JSON.stringify(seen) + "\\n");
const children = new ChildProcesses({
  runtimeDir, childLogDir: "/tmp", identifier: "x", stripAnsi: false, serverUrl: null, openFiles: 1024,
  env: process.env, inherited: new InheritedOutput(), syslog: { write() {} },
  activity: { isEnabled: () => false, log: (level, message) => tell({ message }) },
});
children.onExit((id, pid, exit) => tell({ id, exit }));
const none = { log: { kind: "none" }, syslog: false };
const stdout = log === null ? none : { log: { kind: "file", path: log }, maxBytes: 0, backups: 0, syslog: false };
const launch = {
  command: { text: "", words, problem: null }, directory: null, umask: null, user: null, environment: {}, serverUrl: null,
  redirectStderr: false, tty: false, stdout, stderr: none, socket: null,
};
setInterval(() => {}, 1000);
tell(children.spawn({ group: "g", name: "p", program: "p", policy: {}, launch }));
`;
