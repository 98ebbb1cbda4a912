import { dirname, resolve } from "node:path";
import type { CtlConfig } from "../../model/config.ts";
import type { ConfigWorld } from "../../model/config-world.ts";
import type { Diagnostic } from "../../model/diagnostic.ts";
import type { LoadOutcome } from "../outcome.ts";
import { attempt } from "./config-problem.ts";
import { readCtl } from "./ctl-section.ts";
import { environmentNames } from "./expand.ts";
import { requireSection, sectionsWithPrefix } from "./ini-document.ts";
import { createNotes } from "./notes.ts";
import { CTL_PLUGIN, readPlugin } from "./plugin-section.ts";
import { readMainIniFile } from "./read-files.ts";

/** Loads what the control client takes from supervisord's INI dialect. It reads the main file alone: `[include]` is not for it. */
export function loadIniCtl(path: string, world: ConfigWorld): LoadOutcome<CtlConfig> {
  const notes = createNotes();
  const errors: Diagnostic[] = [];
  const value = attempt(errors, () => {
    const document = readMainIniFile(path, world);
    const section = requireSection(document, "supervisorctl", path);
    const context = {
      document,
      world,
      notes,
      here: dirname(resolve(world.cwd, path)),
      counts: new Map(),
      environmentNames: environmentNames(null, world.env),
    };
    const ctl = readCtl(context, section);
    for (const plugin of sectionsWithPrefix(document, CTL_PLUGIN.prefix)) readPlugin(context, plugin, CTL_PLUGIN);
    return ctl;
  });
  return value === undefined ? { ok: false, errors } : { ok: true, value, notes: notes.list() };
}
