import { accessSync, constants } from "node:fs";
import { join } from "node:path";

/** The foreign programs that the tests drive, and the Debian package of each. */
export const debianTools = [
  { command: "supervisord", package: "supervisor" },
  { command: "nginx", package: "nginx-light" },
  { command: "redis-server", package: "redis-server" },
  { command: "curl", package: "curl" },
  { command: "make_method", package: "librpc-xml-perl" },
  { command: "python3", package: "python3" },
  { command: "unshare", package: "util-linux" },
  { command: "zsh", package: "zsh" },
  { command: "fish", package: "fish" },
  { command: "chromium", package: "chromium" },
] as const;

export function isInstalled(command: string): boolean {
  const folders = [...(process.env.PATH ?? "").split(":"), "/usr/sbin", "/sbin"];
  return folders.some((folder) => {
    try {
      accessSync(join(folder, command), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}
