import { accessSync, constants } from "node:fs";
import type { LaunchConfig } from "../model/config.ts";
import { whyNotBecome } from "../os/drop-privileges.ts";
import { errorCode } from "../os/error-code.ts";
import { switchUserPrefix } from "../os/switch-user.ts";

export type LaunchPlan =
  | { readonly kind: "execute"; readonly file: string; readonly argv: readonly string[] }
  /** What supervisord finds out only in the forked child, and says there. */
  | { readonly kind: "stand-in"; readonly message: string }
  /** No child can be made at all. */
  | { readonly kind: "problem"; readonly problem: string };

/**
 * Decides what to execute for a command.
 * @param file - the command's file, checked.
 * @param path - PATH of the child's environment.
 */
export function planLaunch({ command, directory, user }: LaunchConfig, file: string, path: string | undefined): LaunchPlan {
  if (user !== null) {
    const refused = whyNotBecome(user.uid);
    if (refused !== null) return { kind: "stand-in", message: `couldn't setuid to ${user.uid}: ${refused}` };
  }
  const directoryProblem = directory === null ? null : whyNotEnter(directory);
  if (directoryProblem !== null) return { kind: "stand-in", message: `couldn't chdir to ${directory}: ${directoryProblem}` };
  if (user === null || user.uid === process.getuid?.()) return { kind: "execute", file, argv: command.words };

  const prefix = switchUserPrefix(user);
  const [helper] = prefix ?? [];
  if (prefix === null || helper === undefined) {
    return { kind: "problem", problem: `cannot run as user ${user.name}: setpriv of util-linux was not found` };
  }
  // The helper searches the same PATH; with the word as it was configured, the program sees its usual name.
  const words = path === undefined ? [file, ...command.words.slice(1)] : command.words;
  return { kind: "execute", file: helper, argv: [...prefix, ...words] };
}

/** What `chdir` would answer, as far as can be known without leaving the present directory. */
function whyNotEnter(directory: string): string | null {
  try {
    accessSync(`${directory}/.`, constants.X_OK);
    return null;
  } catch (error) {
    return errorCode(error);
  }
}

/**
 * The command of the child that takes the place of one that could not be made: clients, logs and retry rules then see what they
 * would see with supervisord, down to the exit status.
 */
export function standInCommand(message: string): { readonly file: string; readonly argv: readonly string[] } {
  const lines = [`supervisor: ${message}`, "supervisor: child process was not spawned"];
  return { file: "/bin/sh", argv: ["sh", "-c", `printf '%s\\n' "$@" >&2; exit 127`, "sh", ...lines] };
}
