import { describeConfig } from "../config/describe.ts";
import { describeProcess } from "../config/describe-process.ts";
import { isYaml } from "../config/dialect.ts";
import { PROGRAM_KEYS } from "../config/keys/program-keys.ts";
import { maskedValue } from "../config/mask-secrets.ts";
import type { PlannedProcess } from "../kernel/plan.ts";
import type { Config, ProcessConfig } from "../model/config.ts";
import { structurallyEqual } from "../model/equal.ts";
import type { ChangedOption, GroupPlan, ProcessPlan } from "../rpc/context.ts";

/** Characters of a value that are shown. */
const MAX_VALUE = 200;

/** What an update would do, group by group, in the order in which processes come; groups that nothing happens to are left out. */
export function describePlan(planned: readonly PlannedProcess[], path: string): readonly GroupPlan[] {
  const groups = new Map<string, ProcessPlan[]>();
  for (const each of planned) {
    const config = each.after ?? each.before;
    if (config === null) continue;
    const processes = groups.get(config.group) ?? [];
    processes.push(describeChange(each, config, path));
    groups.set(config.group, processes);
  }
  return [...groups]
    .map(([group, processes]) => ({ group, processes }))
    .filter(({ processes }) => processes.some(({ action }) => action !== "nothing"));
}

function describeChange({ action, before, after }: PlannedProcess, { name }: ProcessConfig, path: string): ProcessPlan {
  return { name, action, options: before === null || after === null ? [] : changedOptions(before, after, path) };
}

/** The options that differ, called as the file's dialect calls them. Of an environment the variables are told, not what they hold. */
function changedOptions(before: ProcessConfig, after: ProcessConfig, path: string): readonly ChangedOption[] {
  const [old, next]: [object, object] = [describeProcess(before), describeProcess(after)];
  return Object.keys(next).flatMap((key) => {
    const [a, b]: [unknown, unknown] = [Reflect.get(old, key), Reflect.get(next, key)];
    if (DERIVED.has(key) || structurallyEqual(a, b)) return [];
    const option = optionName(key, path);
    return key === "environment"
      ? variableChanges(option, a as object, b as object)
      : [{ option, before: shown(a), after: shown(b) }];
  });
}

/** What follows from other options. */
const DERIVED: ReadonlySet<string> = new Set(["argv"]);

function optionName(key: string, path: string): string {
  const known = Object.values(PROGRAM_KEYS).find(({ ini }) => ini === key);
  return known !== undefined && isYaml(path) ? known.yaml : key;
}

function variableChanges(option: string, before: object, after: object): readonly ChangedOption[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  const changed = names.filter((name) => Reflect.get(before, name) !== Reflect.get(after, name)).sort();
  return changed.map((name) => ({
    option: `${option}.${name}`,
    before: Object.hasOwn(before, name) ? "set" : "not set",
    after: valueAfter(name, before, after),
  }));
}

function valueAfter(name: string, before: object, after: object): string {
  if (!Object.hasOwn(after, name)) return "not set";
  return Object.hasOwn(before, name) ? "another value" : "set";
}

function shown(value: unknown): string {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text.length > MAX_VALUE ? `${text.slice(0, MAX_VALUE)}…` : text;
}

/** Options of the daemon and its servers that differ from those it runs with: only a new start of the daemon takes them over. */
export function daemonChanges(running: Config, next: Config): readonly string[] {
  const [before, after] = [describeConfig(running, { secrets: true }), describeConfig(next, { secrets: true })];
  const options = Object.keys(after.daemon).filter(
    (key) => !structurallyEqual(Reflect.get(before.daemon, key), Reflect.get(after.daemon, key)),
  );
  return structurallyEqual(before.servers, after.servers) ? options : [...options, "http"];
}

/** The options of a process as the file's dialect calls them; what looks like a secret is masked. */
export function describeOptions(
  process: ProcessConfig,
  path: string,
): readonly { readonly name: string; readonly value: string }[] {
  const options = Object.entries(describeProcess(process)).filter(([key, value]) => !DERIVED.has(key) && value !== null);
  return options.flatMap(([key, value]) => {
    const name = optionName(key, path);
    if (key !== "environment") return [{ name, value: maskedValue("", shown(value)) }];
    return Object.entries(process.launch.environment).map(([variable, text]) => ({
      name: `${name}.${variable}`,
      value: maskedValue(variable, shown(text)),
    }));
  });
}
