import { fail, type Result } from "../model/fault.ts";
import { openStdinPipe } from "../os/pipe.ts";
import { ChildInput } from "./child-input.ts";

/** The stdin of one process: a fresh pipe for every child, since an old one may still hold words for the last. */
export class StdinPipe {
  #input: ChildInput | null = null;

  /** @returns the child's end of the pipe, for the caller to close. @throws the system's error. */
  open(): number {
    this.childEnded();
    const { writeEnd, childEnd } = openStdinPipe();
    this.#input = new ChildInput(writeEnd);
    return childEnd;
  }

  /** NOT_RUNNING without a child, NO_FILE when it has closed its stdin, FAILED when too much waits already. */
  write(bytes: Buffer): Result<true> {
    return this.#input?.write(bytes) ?? fail("NOT_RUNNING");
  }

  childEnded(): void {
    this.#input?.close();
    this.#input = null;
  }
}
