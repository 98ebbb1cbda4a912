import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach } from "vitest";
import type { LogSinkEvents } from "../../src/logs/log-sink.ts";

/** A folder for each test of a file. */
export class TestFolder {
  #path = "";

  constructor() {
    beforeEach(() => {
      this.#path = mkdtempSync(join(tmpdir(), "taskmaster-logs-"));
    });
    afterEach(() => rmSync(this.#path, { recursive: true, force: true }));
  }

  path(name = ""): string {
    return join(this.#path, name);
  }

  read(name: string): string {
    return readFileSync(this.path(name), "latin1");
  }
}

/** Remembers what a sink tells. */
export class SinkEvents implements LogSinkEvents {
  readonly reports: string[] = [];
  readyCalls = 0;

  readonly onReady = (): void => {
    this.readyCalls++;
  };

  readonly report = (level: string, message: string): void => {
    this.reports.push(`${level} ${message}`);
  };
}

const DEADLINE_MS = 20_000;

export async function until(condition: () => boolean): Promise<void> {
  const deadline = performance.now() + DEADLINE_MS;
  while (!condition()) {
    if (performance.now() > deadline) throw new Error(`waited in vain for ${condition}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
