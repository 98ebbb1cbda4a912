import { formatNamespec } from "../../src/model/namespec.ts";
import type { ConfigInfo } from "../remote/answers.ts";
import { visible } from "./visible.ts";

/** One line of `avail`: name, whether its group is active, whether it starts by itself, `group priority:own priority`. */
export function availLine(info: ConfigInfo): string {
  const name = visible(formatNamespec(info.group, info.name)).padEnd(32);
  const inUse = (info.inuse ? "in use" : "avail").padEnd(9);
  const start = (info.autostart ? "auto" : "manual").padEnd(9);
  return `${name} ${inUse} ${start} ${info.group_prio}:${info.process_prio}`;
}
