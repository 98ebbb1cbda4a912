import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach } from "vitest";

/** A folder for each test of a file. */
export class TestFolder {
  #path = "";

  constructor() {
    beforeEach(() => {
      this.#path = mkdtempSync(join(tmpdir(), "taskmaster-os-"));
    });
    afterEach(() => rmSync(this.#path, { recursive: true, force: true }));
  }

  path(name = ""): string {
    return join(this.#path, name);
  }
}

const DEADLINE_MS = 60_000;

export async function until(condition: () => boolean): Promise<void> {
  const deadline = performance.now() + DEADLINE_MS;
  while (!condition()) {
    if (performance.now() > deadline) throw new Error(`waited in vain for ${condition}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
