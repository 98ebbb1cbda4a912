import type { CtlConfig } from "../../model/config.ts";
import { SECTIONS } from "../keys.ts";
import { absolutePath } from "../paths.ts";
import { extend } from "./expand.ts";
import type { IniContext } from "./ini-context.ts";
import type { IniSection } from "./ini-document.ts";
import { optionReader } from "./option-reader.ts";
import * as values from "./option-values.ts";

/**
 * Reads `[supervisorctl]`.
 * @throws ConfigProblem
 */
export function readCtl(context: IniContext, section: IniSection): CtlConfig {
  const { document, world, environmentNames } = context;
  const options = optionReader(document, section, SECTIONS.ctl.keys, environmentNames);
  const withHere = optionReader(document, section, SECTIONS.ctl.keys, extend(environmentNames, { here: context.here }));
  const path = (value: string) => (value === "" ? null : absolutePath(value, world));
  const url = withHere.setting("serverurl", values.text);
  const serverUrl = url.startsWith("unix://") ? `unix://${absolutePath(url.slice("unix://".length), world)}` : url;
  const prompt = options.setting("prompt", values.text);
  const username = options.optional("username", values.text) ?? null;
  const password = options.optional("password", values.text) ?? null;
  const historyFile = withHere.optional("history_file", path) ?? null;
  return { serverUrl, username, password, prompt, historyFile };
}
