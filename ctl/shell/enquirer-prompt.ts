// biome-ignore lint/correctness/noUnresolvedImports: the default export of a CommonJS module is made by Node.
import enquirer from "enquirer";

/** As much of enquirer's base class as the shell builds on; its published types know next to nothing of it. */
export interface BasePrompt {
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: NodeJS.WriteStream;
  readonly state: { closed?: boolean; submitted?: boolean };
  value: string;
  /** Begins to listen to keys, shows the prompt, and ends with what was submitted. */
  run(): Promise<string>;
  submit(): Promise<void>;
  cancel(error?: unknown): Promise<void>;
  once(event: string, listener: () => void): unknown;
  emit(event: string): boolean;
}

interface PromptOptions {
  readonly name: string;
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: NodeJS.WriteStream;
}

export const EnquirerPrompt = (enquirer as unknown as { Prompt: new (options: PromptOptions) => BasePrompt }).Prompt;
