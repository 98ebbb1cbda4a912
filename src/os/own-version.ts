import { readFileSync } from "node:fs";

/** The release of this package; the build puts both programs into a folder beside package.json. */
export function ownVersion(): string {
  const manifest: { version: string } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));
  return manifest.version;
}
