import type { GroupUpdate } from "../../src/model/request.ts";
import type { ChangedOption, ConfigText, UploadOutcome, UserChange } from "../../src/rpc/context.ts";
import { type Decode, flag, integer, listOf, maybe, orZero, recordOf, text, wordOf } from "./decode.ts";

/*
 * What the daemon answers, as far as this client looks at it, and how each is read.
 */

/** A process as `getProcessInfo` tells of it; the members that this client prints. */
export interface ProcessInfo {
  readonly name: string;
  readonly group: string;
  readonly pid: number;
  readonly statename: string;
  readonly description: string;
}

/** A process as `taskmaster.getProcesses` tells of it; times are seconds since 1970. */
export interface ProcessFacts extends ProcessInfo {
  readonly start: number;
  readonly stop: number;
  readonly now: number;
  /** `null` from a daemon that does not know. */
  readonly restarts: number | null;
  readonly has_exited: boolean | null;
  readonly exit_code: number | null;
  readonly exit_signal: string | null;
  readonly exit_expected: boolean | null;
  readonly cpu_seconds: number | null;
  readonly memory_kib: number | null;
  readonly processes: number | null;
  readonly program: string | null;
}

/** One entry of `getAllConfigInfo`. */
export interface ConfigInfo {
  readonly name: string;
  readonly group: string;
  readonly inuse: boolean;
  readonly autostart: boolean;
  readonly group_prio: number;
  readonly process_prio: number;
}

/** What became of one process of a group: a code of the fault table, SUCCESS included. */
export interface ProcessResult {
  readonly name: string;
  readonly group: string;
  readonly status: number;
  readonly description: string;
}

/** Group names as `reloadConfig` answers them. */
export interface ConfigChanges {
  readonly added: readonly string[];
  readonly changed: readonly string[];
  readonly removed: readonly string[];
}

export const processInfo = recordOf<ProcessInfo>({ name: text, group: text, pid: integer, statename: text, description: text });
export const processFacts = recordOf<ProcessFacts>({
  name: text,
  group: text,
  pid: integer,
  statename: text,
  description: text,
  start: orZero,
  stop: orZero,
  now: orZero,
  restarts: maybe(integer),
  has_exited: maybe(flag),
  exit_code: maybe(integer),
  exit_signal: maybe(text),
  exit_expected: maybe(flag),
  cpu_seconds: maybe(integer),
  memory_kib: maybe(integer),
  processes: maybe(integer),
  program: maybe(text),
});
export const processResults = listOf(recordOf<ProcessResult>({ name: text, group: text, status: integer, description: text }));
export const configInfo = recordOf<ConfigInfo>({
  name: text,
  group: text,
  inuse: flag,
  autostart: flag,
  group_prio: integer,
  process_prio: integer,
});
export const groupUpdate = recordOf<GroupUpdate>({
  group: text,
  change: wordOf("added", "changed", "removed"),
  stopped: integer,
});

/** What `taskmaster.plan` tells. */
export interface UpdatePlan {
  readonly valid: boolean;
  readonly path: string;
  readonly digest: string;
  readonly errors: readonly PlacedMessage[];
  readonly warnings: readonly PlacedMessage[];
  readonly daemon: readonly string[];
  readonly groups: readonly {
    readonly group: string;
    readonly processes: readonly { readonly name: string; readonly action: string; readonly options: readonly ChangedOption[] }[];
  }[];
}

/** `line` and `column` are 0 where there is none. */
export interface PlacedMessage {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

const placedMessages = listOf(recordOf<PlacedMessage>({ file: text, line: integer, column: integer, message: text }));
export const updatePlan = recordOf<UpdatePlan>({
  valid: flag,
  path: text,
  digest: text,
  errors: placedMessages,
  warnings: placedMessages,
  daemon: listOf(text),
  groups: listOf(
    recordOf<UpdatePlan["groups"][number]>({
      group: text,
      processes: listOf(
        recordOf<UpdatePlan["groups"][number]["processes"][number]>({
          name: text,
          action: text,
          options: listOf(recordOf<ChangedOption>({ option: text, before: text, after: text })),
        }),
      ),
    }),
  ),
});
export const configText = recordOf<ConfigText>({ path: text, dialect: wordOf("yaml", "ini"), text, digest: text });
export const uploadOutcome = recordOf<UploadOutcome>({ path: text, backup: text, updates: listOf(groupUpdate) });

export const userChange = recordOf<UserChange>({ user: text, before: text });
export const scaleOutcome = recordOf<ScaleOutcome>({
  processes: integer,
  before: integer,
  added: listOf(text),
  removed: listOf(text),
});

/** What `taskmaster.getProcessEnvironment` tells; `null` for a variable that is not there. */
export interface ProcessEnvironment {
  readonly running: boolean;
  readonly variables: readonly { readonly name: string; readonly next: string | null; readonly running: string | null }[];
}

export const processEnvironment = recordOf<ProcessEnvironment>({
  running: flag,
  variables: listOf(recordOf<ProcessEnvironment["variables"][number]>({ name: text, next: maybe(text), running: maybe(text) })),
});

/** What `taskmaster.scale` answers. */
export interface ScaleOutcome {
  readonly processes: number;
  readonly before: number;
  readonly added: readonly string[];
  readonly removed: readonly string[];
}

export const configChanges: Decode<ConfigChanges> = (value) => {
  const [added, changed, removed] = listOf(listOf(listOf(text)))(value)?.[0] ?? [];
  return added && changed && removed ? { added, changed, removed } : undefined;
};
