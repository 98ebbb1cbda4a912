import { type ExecFileSyncOptions, execFileSync } from "node:child_process";
import { existsSync, rmSync, writeFileSync } from "node:fs";
import { debianTools, isInstalled } from "../support/tools.ts";

const POLICY_FILE = "/usr/sbin/policy-rc.d";

/** Runs once before all tests: installs the Debian packages that they drive, or says aloud what will be skipped. */
export function setup(): void {
  const missing = debianTools.filter((tool) => !isInstalled(tool.command));
  if (missing.length === 0) return;
  if (process.getuid?.() === 0 && existsSync("/usr/bin/apt-get")) install(missing.map((tool) => tool.package));
  const still = missing.filter((tool) => !isInstalled(tool.command)).map((tool) => tool.package);
  if (still.length === 0) return;
  if (process.env.CI) throw new Error(`cannot test without these Debian packages: ${still.join(", ")}`);
  process.stderr.write(
    `\nSKIPPING the tests that need ${still.join(", ")}: install them, or run the tests as root on Debian.\n\n`,
  );
}

function install(packages: readonly string[]): void {
  const quiet: ExecFileSyncOptions = {
    stdio: ["ignore", "ignore", "inherit"],
    env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
  };
  const ownPolicy = !existsSync(POLICY_FILE);
  // The packages are only to be installed: Debian would start their services otherwise.
  if (ownPolicy) writeFileSync(POLICY_FILE, "#!/bin/sh\nexit 101\n", { mode: 0o755 });
  try {
    execFileSync("apt-get", ["-qq", "update"], quiet);
    execFileSync("apt-get", ["-qq", "-y", "install", "--no-install-recommends", ...packages], quiet);
  } catch {
    // What is missing now is reported by the caller.
  } finally {
    if (ownPolicy) rmSync(POLICY_FILE);
  }
}
