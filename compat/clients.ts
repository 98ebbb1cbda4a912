import { execFileSync } from "node:child_process";
import { PYTHON } from "../test/support/python.ts";

/** Foreign clients: what each is, the command that has to be installed for it, and how it tells its version. */
export const CLIENTS = {
  supervisorctl: {
    title: "supervisorctl of Debian's supervisor",
    command: "supervisorctl",
    version: () => output("/usr/bin/supervisord", "--version"),
  },
  "python xmlrpc.client": {
    title: "Python's xmlrpc.client",
    command: "python3",
    version: () => output(PYTHON, "-c", "import platform; print(platform.python_version())"),
  },
  curl: {
    title: "curl, in the scripts of examples/clients",
    command: "curl",
    version: () => output("curl", "--version").split(" ")[1] ?? "",
  },
  "perl RPC::XML": {
    title: "Perl's RPC::XML",
    command: "make_method",
    version: () => output("perl", "-MRPC::XML::Client", "-e", "print $RPC::XML::Client::VERSION"),
  },
  "npm xmlrpc": {
    title: "npm's xmlrpc",
    command: "node",
    version: () => output("node", "-p", "require('xmlrpc/package.json').version"),
  },
  "event listener": {
    title: "an event listener in Python that has nothing but the protocol",
    command: "python3",
    version: () => output(PYTHON, "-c", "import platform; print(platform.python_version())"),
  },
} as const;

export type ClientName = keyof typeof CLIENTS;

function output(command: string, ...words: readonly string[]): string {
  return execFileSync(command, words, { encoding: "utf8", cwd: import.meta.dirname }).trim();
}
