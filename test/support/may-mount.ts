import { execFileSync } from "node:child_process";

/** Whether a test may mount file systems and make namespaces: root outside of a confined container. */
export function mayMount(): boolean {
  try {
    execFileSync("unshare", ["--mount", "true"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}
