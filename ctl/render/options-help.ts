import { CTL_OPTIONS, type CtlOption } from "../options.ts";

/** The text of `-h`. */
export function optionsHelp(program: string): readonly string[] {
  const usages = CTL_OPTIONS.map(optionUsage);
  const width = Math.max(...usages.map(({ length }) => length));
  return [
    "taskmasterctl -- control the programs that taskmasterd, or supervisord, runs.",
    "",
    `Usage: ${program} [options] [action [arguments]]`,
    "",
    "Options:",
    ...CTL_OPTIONS.map(({ text }, index) => `  ${(usages[index] ?? "").padEnd(width)}  ${text}`),
    "",
    "With an action it is done and its exit status returned. Without one a shell reads actions, one a line;",
    'the action "help" lists them.',
    "",
  ];
}

/** `-c, --configuration=FILE`. */
export function optionUsage({ short, long, placeholder }: CtlOption): string {
  if (long === null) return `-${short}`;
  return `${short === null ? "    " : `-${short}, `}--${long}${placeholder === "" ? "" : `=${placeholder}`}`;
}
