import { type FSWatcher, realpathSync, watch } from "node:fs";
import { basename, dirname } from "node:path";
import type { LogGrowth } from "../logs/log-growth.ts";

/** Tells when a log file may have grown or been replaced. */
export interface LogFollower {
  /** @returns what ends it. @throws when the file cannot be watched. */
  follow(path: string, onChange: () => void): () => void;
}

/** Hears at once of what the daemon writes, and lets the kernel tell of changes, whoever writes the file. */
export function fileFollower(growth: LogGrowth): LogFollower {
  return {
    follow(path, onChange) {
      const watcher = new LogWatcher(realpathSync(path), onChange);
      const unfollow = growth.follow(path, onChange);
      return () => {
        unfollow();
        watcher.close();
      };
    },
  };
}

/**
 * Watches a file by two ways: its directory tells when another file takes its place, which the file itself cannot know, and the file
 * tells when it grows, which the directory does not for one that was deleted while someone still writes to it.
 */
class LogWatcher {
  readonly #path: string;
  readonly #onChange: () => void;
  readonly #directory: FSWatcher;
  #file: FSWatcher | null;

  constructor(path: string, onChange: () => void) {
    this.#path = path;
    this.#onChange = onChange;
    this.#directory = watch(dirname(path), (event, name) => this.#onDirectoryChange(event, name));
    this.#directory.on("error", onChange);
    this.#file = this.#watchFile();
  }

  close(): void {
    this.#directory.close();
    this.#file?.close();
  }

  #onDirectoryChange(event: string, name: string | null): void {
    if (name !== null && name !== basename(this.#path)) return;
    if (event === "rename") this.#file = this.#watchFile() ?? this.#file;
    this.#onChange();
  }

  /** Watches the file that now has the name, instead of the one that had it; `null` while there is none. */
  #watchFile(): FSWatcher | null {
    try {
      const watcher = watch(this.#path, () => this.#onChange());
      watcher.on("error", () => this.#onChange());
      this.#file?.close();
      return watcher;
    } catch {
      return null;
    }
  }
}
