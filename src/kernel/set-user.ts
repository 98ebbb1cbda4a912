import type { ProcessConfig, UserAccount } from "../model/config.ts";
import { groupChanged } from "./commit.ts";
import type { Effect } from "./effect.ts";
import type { Successor } from "./process.ts";
import type { Supervision } from "./supervision.ts";

/** Lets the processes of a program run as another user from their next start on; a child that lives goes on as whom it is. */
export function setUser(state: Supervision, program: string, user: UserAccount | null): readonly Effect[] {
  const changed = (config: ProcessConfig): ProcessConfig =>
    config.program === program ? { ...config, launch: { ...config.launch, user } } : config;
  const effects: Effect[] = [];
  for (const group of state.groups.values()) {
    if (!group.config.processes.some((config) => config.program === program)) continue;
    group.config = { ...group.config, processes: group.config.processes.map(changed) };
    for (const id of group.members) {
      const process = state.processes.get(id);
      if (process === undefined) continue;
      state.processes.set(id, { ...process, config: changed(process.config), successor: withConfig(process.successor, changed) });
    }
    effects.push(groupChanged(group.config.name));
  }
  return effects;
}

function withConfig(successor: Successor | null, changed: (config: ProcessConfig) => ProcessConfig): Successor | null {
  return successor?.kind === "replacement" ? { ...successor, config: changed(successor.config) } : successor;
}
