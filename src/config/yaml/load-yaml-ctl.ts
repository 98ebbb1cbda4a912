import { resolve } from "node:path";
import type { CtlConfig } from "../../model/config.ts";
import type { ConfigWorld } from "../../model/config-world.ts";
import type { LoadOutcome } from "../outcome.ts";
import { readCtl } from "./ctl-section.ts";
import { readDocument } from "./documents.ts";
import { loadOutcome, Problems } from "./problems.ts";
import { readServers } from "./servers.ts";
import { singleSection } from "./single-section.ts";

/** Reads what the control client needs. Mistakes in the values of other sections are the daemon's business. */
export function loadYamlCtl(path: string, world: ConfigWorld): LoadOutcome<CtlConfig> {
  const problems = new Problems();
  const file = resolve(world.cwd, path);
  const root = readDocument(file, world, problems, ["http", "ctl"]);
  if (root === null) return { ok: false, errors: problems.errors([file]) };
  const ctl = readCtl(singleSection(root, "ctl", world, problems), readServers(root, world, new Problems()));
  return loadOutcome(ctl, [file], problems);
}
