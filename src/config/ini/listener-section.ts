import type { Environment, GroupConfig } from "../../model/config.ts";
import { SECTIONS } from "../keys.ts";
import { splitList } from "../scalars.ts";
import { at, ConfigProblem } from "./config-problem.ts";
import { extend } from "./expand.ts";
import type { IniContext } from "./ini-context.ts";
import { type IniSection, nameAfterColon } from "./ini-document.ts";
import { optionReader } from "./option-reader.ts";
import * as values from "./option-values.ts";
import { readProgram } from "./program-section.ts";

/** Listeners start before the programs and are shut down after them; their processes keep the priority of a program. */
const POOL_PRIORITY = -1;

const DEFAULT_HANDLER = SECTIONS.listener.keys.result_handler.iniDefault.text;

/**
 * Reads the pool of `[eventlistener:x]`. Its name is taken as it is written, blanks included.
 * @throws ConfigProblem
 */
export function readListenerPool(context: IniContext, section: IniSection, environment: Environment): GroupConfig {
  const name = nameAfterColon(section);
  const names = extend(context.environmentNames, { here: context.here });
  const options = optionReader(context.document, section, SECTIONS.listener.keys, names);
  const priority = options.optional("priority", values.integer) ?? POOL_PRIORITY;
  const bufferSize = options.setting("buffer_size", (value) => readBufferSize(value, section));
  const resultHandler = options.setting("result_handler", values.text);
  if (resultHandler !== DEFAULT_HANDLER) {
    const remark = `result_handler ${resultHandler} in [${section.name}] is Python code, which cannot be run here; the default is used`;
    context.notes.add("warn", remark, options.raw("result_handler")?.position);
  }
  const words = options.optional("events", splitList) ?? [];
  if (words.length === 0) throw new ConfigProblem(`[${section.name}] section requires an "events" line`, section.position);
  const events = at(options.raw("events")?.position ?? section.position, () =>
    [...new Set(words)].map((word) => values.eventType(word, section.name)),
  );
  if (options.setting("redirect_stderr", values.boolean)) {
    const reason = "this is not allowed because it will interfere with the eventlistener protocol";
    const position = options.raw("redirect_stderr")?.position;
    throw new ConfigProblem(`[${section.name}] section sets redirect_stderr=true but ${reason}`, position);
  }
  const processes = readProgram(context, section, { group: name, socket: null, environment });
  return { name, priority, processes, listener: { events: [...new Set(events)], bufferSize, resultHandler } };
}

function readBufferSize(value: string, section: IniSection): number {
  const size = values.integer(value);
  if (size < 1) throw new ConfigProblem(`[${section.name}] section sets invalid buffer_size (${size})`);
  return size;
}
