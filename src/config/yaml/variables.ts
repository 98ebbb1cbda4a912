import { dirname } from "node:path";
import type { ConfigWorld } from "../../model/config-world.ts";
import type { Variables } from "./expand.ts";

/** The built-in variables; each is known only in some places. */
export type BuiltIn = "HERE" | "HOST_NAME" | "PROGRAM_NAME" | "GROUP_NAME" | "PROCESS_NUM";

const WHERE_KNOWN: Readonly<Record<BuiltIn, string>> = {
  HERE: "it is known everywhere",
  HOST_NAME: "it is known everywhere",
  PROGRAM_NAME: "it is known only inside a program",
  GROUP_NAME: "it is known only inside a program",
  PROCESS_NUM: "it is known only in cmd, process_name, workingdir, env, stdout and stderr of a program",
};

/** The variables of a whole file: the environment of the daemon, and what is the same everywhere. Built-ins win. */
export function fileVariables(file: string, world: ConfigWorld): Variables {
  return layer({ HERE: dirname(file), HOST_NAME: world.hostName }, (name) => (isBuiltIn(name) ? undefined : world.env[name]));
}

/** Adds built-ins that are known in a smaller place. */
export function withBuiltIns(outer: Variables, more: Partial<Record<BuiltIn, string>>): Variables {
  return layer(more, (name) => outer.get(name));
}

function layer(builtIns: Partial<Record<BuiltIn, string>>, outer: (name: string) => string | undefined): Variables {
  return {
    get: (name) => (isBuiltIn(name) ? builtIns[name] : undefined) ?? outer(name),
    whyNot: (name) => (isBuiltIn(name) ? WHERE_KNOWN[name] : undefined),
  };
}

function isBuiltIn(name: string): name is BuiltIn {
  return Object.hasOwn(WHERE_KNOWN, name);
}
