import { fail } from "../model/fault.ts";
import type { Method, MethodTable } from "./method.ts";

/**
 * The methods that change nothing and tell no secret: what somebody with the login for reading may call. A method that is not named here
 * is refused to them, a new one too.
 */
export const VIEWER_METHODS: ReadonlySet<string> = new Set([
  ...["getAPIVersion", "getSupervisorVersion", "getIdentification", "getState", "getPID"].map(supervisor),
  ...["readLog", "getAllConfigInfo", "getProcessInfo", "getAllProcessInfo"].map(supervisor),
  ...["readProcessStdoutLog", "readProcessStderrLog", "tailProcessStdoutLog", "tailProcessStderrLog"].map(supervisor),
  ...["listMethods", "methodHelp", "methodSignature", "multicall"].map((name) => `system.${name}`),
  ...["getProcesses", "getHistory", "getProcessConfig"].map((name) => `taskmaster.${name}`),
]);

const tables = new WeakMap<MethodTable, MethodTable>();

/** A table in which every other method is refused. */
export function methodsForViewers(methods: MethodTable): MethodTable {
  const known = tables.get(methods);
  if (known !== undefined) return known;
  const table: MethodTable = new Map(
    [...methods].map(([name, method]) => [name, VIEWER_METHODS.has(method.name) ? method : refused(method)]),
  );
  tables.set(methods, table);
  return table;
}

function refused(method: Method): Method {
  return { ...method, invoke: () => fail("FAILED", "this login may look and change nothing") };
}

function supervisor(name: string): string {
  return `supervisor.${name}`;
}
