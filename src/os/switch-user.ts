import { accessSync, constants, realpathSync } from "node:fs";
import { basename, join } from "node:path";
import type { UserAccount } from "../model/config.ts";

/**
 * The words that go before a command to run it as another user: util-linux's `setpriv` takes all supplementary groups of the user
 * and then becomes the command, keeping the pid.
 * @returns `null` when this system has no `setpriv` that can do it.
 */
export function switchUserPrefix({ uid, gid }: UserAccount, folders: readonly string[] = HELPER_FOLDERS): string[] | null {
  const helper = findHelper(folders);
  return helper === null ? null : [helper, `--reuid=${uid}`, `--regid=${gid}`, "--init-groups", "--"];
}

const HELPER_FOLDERS: readonly string[] = ["/usr/bin", "/bin", "/usr/local/bin", "/usr/sbin", "/sbin"];

function findHelper(folders: readonly string[]): string | null {
  return folders.map((folder) => join(folder, "setpriv")).find(isHelper) ?? null;
}

/** Busybox has a `setpriv` too, but one that knows nothing of users. */
function isHelper(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return basename(realpathSync(path)) !== "busybox";
  } catch {
    return false;
  }
}
