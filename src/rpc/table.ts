import type { Method, MethodTable } from "./method.ts";
import { configurationMethods } from "./methods/configuration.ts";
import { identityMethods } from "./methods/identity.ts";
import { inputMethods } from "./methods/input.ts";
import { logClearingMethods } from "./methods/log-clearing.ts";
import { logReadingMethods } from "./methods/log-reading.ts";
import { powerMethods } from "./methods/power.ts";
import { processInformationMethods } from "./methods/process-information.ts";
import { signalMethods } from "./methods/signal.ts";
import { startMethods } from "./methods/start.ts";
import { stopMethods } from "./methods/stop.ts";
import { systemMethods } from "./methods/system.ts";
import { taskmasterMethods } from "./methods/taskmaster.ts";

/** Every method there is; help, signatures and the reference are made from it. */
export const METHODS: readonly Method[] = [
  ...identityMethods,
  ...powerMethods,
  ...configurationMethods,
  ...processInformationMethods,
  ...startMethods,
  ...stopMethods,
  ...signalMethods,
  ...logReadingMethods,
  ...logClearingMethods,
  ...inputMethods,
  ...systemMethods,
  ...taskmasterMethods,
];

/**
 * The methods that a daemon publishes.
 * @param supervisorInterface - false leaves out `supervisor.*`, as a configuration without that interface asks for.
 */
export function methodTable({ supervisorInterface }: { readonly supervisorInterface: boolean }): MethodTable {
  const published = METHODS.filter((method) => supervisorInterface || !method.name.startsWith("supervisor."));
  return new Map(published.flatMap((method) => [method.name, ...method.aliases].map((name) => [name, method])));
}
