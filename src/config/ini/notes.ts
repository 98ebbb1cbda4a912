import { NOWHERE, type Position } from "../../model/diagnostic.ts";
import type { ConfigNote } from "../outcome.ts";

/** Collects remarks in the order in which they come up; the processes of one program do not repeat them. */
export interface Notes {
  add(level: ConfigNote["level"], message: string, position?: Position): void;
  list(): readonly ConfigNote[];
}

export function createNotes(): Notes {
  const notes = new Map<string, ConfigNote>();
  return {
    add: (level, message, position = NOWHERE) => {
      if (!notes.has(message)) notes.set(message, { level, message, position });
    },
    list: () => [...notes.values()],
  };
}
