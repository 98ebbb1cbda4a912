import { at, ConfigProblem } from "./config-problem.ts";
import { expand } from "./expand.ts";
import type { IniContext } from "./ini-context.ts";
import { type IniSection, nameAfterColon } from "./ini-document.ts";

/** The plugin sections of the daemon: what one must hold, and the factory that is built in. */
export const RPC_INTERFACE = {
  prefix: "rpcinterface:",
  factoryOption: "supervisor.rpcinterface_factory",
  builtIn: "supervisor.rpcinterface:make_main_rpcinterface",
} as const;

/** The plugin sections of the control client; it has none built in. */
export const CTL_PLUGIN = { prefix: "ctlplugin:", factoryOption: "supervisor.ctl_factory", builtIn: null } as const;

/**
 * Reads `[rpcinterface:x]` or `[ctlplugin:x]`. Their factories are Python code, which nothing here can run: a foreign one is named in
 * a warning, so that a file which loads there loads here.
 * @returns the name of the plugin.
 * @throws ConfigProblem without a factory.
 */
export function readPlugin(
  context: Pick<IniContext, "document" | "notes" | "environmentNames">,
  section: IniSection,
  kind: typeof RPC_INTERFACE | typeof CTL_PLUGIN,
): string {
  const options = new Map([...context.document.defaults, ...section.options]);
  const factory = options.get(kind.factoryOption);
  if (factory === undefined)
    throw new ConfigProblem(`section [${section.name}] does not specify a ${kind.factoryOption}`, section.position);
  for (const [name, { value, position }] of options) {
    at(position, () => expand(value, context.environmentNames, `${section.name}.${name}`));
  }
  if (factory.value !== kind.builtIn) {
    const remark = `${factory.value} in [${section.name}] is a Python plugin, which cannot be run here; it is ignored`;
    context.notes.add("warn", remark, factory.position);
  }
  return nameAfterColon(section);
}
