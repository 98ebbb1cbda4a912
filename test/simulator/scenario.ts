import fc from "fast-check";
import { canAddGroup, canRemoveGroup } from "../../src/kernel/groups.ts";
import type { Input } from "../../src/kernel/input.ts";
import { groupsInOrder } from "../../src/kernel/order.ts";
import type { GroupConfig } from "../../src/model/config.ts";
import type { Target } from "../../src/model/request.ts";
import { millis } from "../../src/model/time.ts";
import { aGroup, aProcess } from "../support/build-config.ts";
import { World } from "./world.ts";

/** A whole story: what is configured, what users do and when, and the seed of all chance besides. */
export interface Scenario {
  readonly seed: number;
  readonly configurations: readonly (readonly GroupConfig[])[];
  readonly commands: readonly Command[];
}

type Command =
  | { readonly kind: "wait"; readonly millis: number }
  | { readonly kind: "start" | "stop"; readonly target: number; readonly wait: boolean }
  | { readonly kind: "update"; readonly configuration: number; readonly isPartial: boolean }
  | { readonly kind: "remove" | "add"; readonly target: number }
  | { readonly kind: "set-user"; readonly uid: number }
  | { readonly kind: "jump"; readonly seconds: number }
  | { readonly kind: "leave"; readonly mode: "SHUTDOWN" | "RESTARTING" };

const NAMES = ["api", "db", "web"] as const;

const processes = fc.uniqueArray(
  fc.record({
    name: fc.constantFrom("p0", "p1", "p2", "p3"),
    words: fc.constantFrom("one", "two"),
    priority: fc.integer({ min: 1, max: 3 }),
    autostart: fc.boolean(),
    autorestart: fc.constantFrom("never", "unexpected", "always"),
    startMillis: fc.constantFrom(0, 1000, 5000).map(millis),
    startRetries: fc.integer({ min: 0, max: 3 }),
    stopWaitMillis: fc.constantFrom(0, 1000, 10_000).map(millis),
    earlyExit: fc.constantFrom("failure", "finish-if-expected"),
  }),
  { selector: ({ name }) => name, maxLength: 4 },
);

/** A group is now and then one of event listeners. */
const listener: fc.Arbitrary<GroupConfig["listener"]> = fc.option(
  fc.record({ events: fc.constant(["EVENT" as const]), bufferSize: fc.constantFrom(10, 20), resultHandler: fc.constant("") }),
  { freq: 1 },
);

const groups: fc.Arbitrary<readonly GroupConfig[]> = fc.uniqueArray(
  fc.record({ name: fc.constantFrom(...NAMES), priority: fc.integer({ min: 1, max: 3 }), processes, listener }).map((group) => ({
    ...aGroup(
      group.name,
      group.processes.map(({ name, words, ...policy }) =>
        aProcess(name, policy, { command: { text: words, words: [words], problem: null } }),
      ),
      group.priority,
    ),
    listener: group.listener,
  })),
  { selector: ({ name }) => name, maxLength: NAMES.length },
);

const command: fc.Arbitrary<Command> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ kind: fc.constant("wait" as const), millis: fc.constantFrom(0, 1, 999, 10_000, 120_000) }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constantFrom("start", "stop"), target: fc.nat(30), wait: fc.boolean() }) },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant("update" as const), configuration: fc.nat(3), isPartial: fc.boolean() }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("set-user" as const), uid: fc.constantFrom(33, 1000) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom("remove", "add"), target: fc.nat(30) }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant("jump" as const), seconds: fc.integer({ min: -100_000, max: 100_000 }) }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("leave" as const), mode: fc.constantFrom("SHUTDOWN", "RESTARTING") }) },
);

export const scenarios: fc.Arbitrary<Scenario> = fc.record({
  seed: fc.integer({ min: 0, max: 0xffff_ffff }),
  configurations: fc.array(groups, { minLength: 1, maxLength: 4 }),
  commands: fc.array(command, { minLength: 10, maxLength: 80, size: "max" }),
});

/** Plays a scenario to its end, a shutdown included. @throws at the first broken promise. */
export function play(
  scenario: Scenario,
  options: { readonly keepsTrace?: boolean; readonly ignoresJumps?: boolean } = {},
): World {
  const world = new World(scenario.seed, options);
  world.input({ kind: "configure", groups: scenario.configurations[0] ?? [] });
  world.input({ kind: "run" });
  for (const each of scenario.commands) {
    if (world.hasLeft) break;
    if (each.kind !== "jump" || options.ignoresJumps !== true) act(world, each, scenario);
  }
  if (!world.hasLeft) world.input({ kind: "leave", mode: "SHUTDOWN" });
  world.advance(10 * 60_000);
  if (!world.hasLeft) throw new Error("the shutdown does not end");
  return world;
}

function act(world: World, each: Command, scenario: Scenario): void {
  if (each.kind === "wait") world.advance(each.millis);
  else if (each.kind === "jump") world.jumpWallClock(each.seconds);
  else if (world.state.mode === "RUNNING") {
    const input = inputOf(world, each, scenario);
    if (input !== null) world.input(input);
  }
}

/** What the command is for the kernel; `null` when the interfaces would refuse it. */
function inputOf(world: World, each: Exclude<Command, { kind: "wait" | "jump" }>, scenario: Scenario): Input | null {
  switch (each.kind) {
    case "start":
      return {
        ...each,
        kind: "start",
        request: world.nextRequest(),
        target: chooseTarget(world, each.target),
        refused: new Map(),
      };
    case "stop":
      return { ...each, kind: "stop", request: world.nextRequest(), target: chooseTarget(world, each.target) };
    case "update": {
      const groups = scenario.configurations[each.configuration % scenario.configurations.length] ?? [];
      return { kind: "update", request: world.nextRequest(), groups, only: each.isPartial ? new Set(["api"]) : null };
    }
    case "add": {
      const group = scenario.configurations.flat()[each.target];
      return group !== undefined && canAddGroup(world.state, group.name).ok ? { kind: "add-group", group } : null;
    }
    case "remove": {
      const name = NAMES[each.target % NAMES.length] ?? "";
      return canRemoveGroup(world.state, name).ok ? { kind: "remove-group", group: name } : null;
    }
    case "set-user":
      return { kind: "set-user", program: "p0", user: { uid: each.uid, gid: each.uid, name: String(each.uid) } };
    case "leave":
      return each;
  }
}

/** Everything, a group, a process or something that does not exist. */
function chooseTarget(world: World, choice: number): Target {
  const groups = groupsInOrder(world.state);
  const processes = [...world.state.processes.values()];
  const targets: readonly Target[] = [
    { kind: "all" },
    { kind: "group", group: "nobody" },
    ...groups.map(({ config }) => ({ kind: "group", group: config.name }) as const),
    ...processes.map(({ config }) => ({ kind: "process", group: config.group, process: config.name }) as const),
  ];
  return targets[choice % targets.length] ?? { kind: "all" };
}
