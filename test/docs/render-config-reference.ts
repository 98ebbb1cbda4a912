import { type ConfigKey, type Default, VALUE_TYPES } from "../../src/config/keys/key.ts";
import { FCGI_KEYS, LISTENER_KEYS, PROGRAM_KEYS } from "../../src/config/keys/program-keys.ts";
import { type ConfigSection, SECTIONS } from "../../src/config/keys.ts";

/** The reference of all configuration keys as a page of Markdown. */
export function renderConfigReference(): string {
  const { program, listener, fcgi, group, unixServer, inetServer, daemon, ctl, include } = SECTIONS;
  return [
    INTRODUCTION,
    VALUES,
    VARIABLES,
    renderSection(program, PROGRAM_KEYS),
    PROGRAM_RULES,
    renderSection(listener, LISTENER_KEYS, "Every key of a program, except that `redirect_stderr` must be false, and:"),
    renderSection(fcgi, FCGI_KEYS, "Every key of a program, and:"),
    renderSection(group, group.keys),
    renderSection(unixServer, unixServer.keys),
    renderSection(inetServer, inetServer.keys),
    HTTP,
    renderSection(daemon, daemon.keys),
    renderSection(ctl, ctl.keys),
    `## ${include.yaml}`,
    `${include.keys.files.help} In INI: \`files\` in \`[include]\`; in YAML the list is the value of \`include\` itself.`,
    INCLUDED,
  ]
    .join("\n\n")
    .concat("\n");
}

const INTRODUCTION = `\
# Configuration reference

A file whose name ends in \`.yaml\` or \`.yml\` is read as YAML, the dialect of taskmaster; any other file as the INI of supervisord, with the defaults and
the rules of supervisord 4.2.5. Both make the same model: \`taskmasterctl convert FILE\` writes one as the other, and \`taskmasterctl check FILE\` says what is
wrong with either. This page is generated from the list of keys that the loaders use.

In YAML, unknown keys, keys given twice and values of a wrong kind are errors; all of them are told at once, with file, line and column. In INI, unknown
options are ignored as supervisord does, with a warning. Names in parentheses are other names of the same key. Keys that begin with \`x-\` are ignored at the
top level and in every section: they are a place for anchors, and \`<<: *anchor\` merges.

Editors complete and check a YAML file that begins with this line, where \`…\` is the folder of the package:

\`\`\`yaml
# yaml-language-server: $schema=…/docs/reference/taskmaster.schema.json
\`\`\`

Relative paths start from the folder of the file that they are written in (in INI: from the directory that the daemon was started in); \`~\` is a home
directory.`;

const VALUES = ["## Values", "| kind | in YAML it is |", "| --- | --- |"]
  .join("\n")
  .replace("\n", "\n\n")
  .concat(
    "\n",
    Object.entries(VALUE_TYPES)
      .map(([name, { accepts }]) => `| ${name} | ${accepts} |`)
      .join("\n"),
  );

const VARIABLES = `\
## Variables in YAML

Every value may hold variables; \`%\` means nothing, and \`$NAME\` without braces is left to the program.

| written | becomes |
| --- | --- |
| \`\${NAME}\` | the variable of the daemon's environment, or a built-in one; it is an error when it is not set |
| \`\${NAME:-default}\` | the default when it is not set or empty |
| \`\${NAME:?message}\` | the message as an error when it is not set or empty |
| \`\${PROCESS_NUM:02d}\` | a number with at least two digits |
| \`$$\` | a dollar sign |

| built-in | is | known in |
| --- | --- | --- |
| \`HERE\` | the folder of the file | every value |
| \`HOST_NAME\` | the name of the host | every value |
| \`PROGRAM_NAME\`, \`GROUP_NAME\` | the names of the program and of its group | programs |
| \`PROCESS_NUM\` | the number of the process, from \`numprocs_start\` | \`cmd\`, \`process_name\`, \`workingdir\`, \`env\`, \`stdout\`, \`stderr\` |`;

const PROGRAM_RULES = `\
Three rules differ between the dialects besides the defaults:

- A YAML program that ends before \`starttime\` with one of its \`exitcodes\` has finished, unless \`autorestart\` is \`always\`: it is EXITED and not tried
  again. \`early_exit: failure\` gives the rule of supervisord, where that is a failed start.
- The umask is inherited from the daemon when it is left out. The first description of taskmaster gives 666 as the default; taken literally, a program could
  not read the files that it makes itself. \`umask: 666\` is honoured when it is written.
- In YAML a stop means the whole process group, unless \`stopasgroup\` and \`killasgroup\` say otherwise.

\`cmd\` may be a list of words, which are then taken as they are.`;

const INCLUDED = `\
Included files hold programs, listeners, FastCGI programs and groups; \`daemon\`, \`http\`, \`ctl\` and \`include\` belong into the main file. A name may be defined
once in all files together. A pattern that matches nothing is a warning.`;

const HTTP = `\
\`http: none\` in YAML is no server at all. Without \`http\` there is one unix socket: \`/run/taskmaster/taskmaster.sock\` for root,
\`$XDG_RUNTIME_DIR/taskmaster/taskmaster.sock\` for a user (\`/tmp/taskmaster-UID/taskmaster.sock\` without XDG_RUNTIME_DIR), with mode 0700.`;

function renderSection(
  { ini, named, yaml, help }: ConfigSection,
  keys: Readonly<Record<string, ConfigKey>>,
  lead?: string,
): string {
  const header = named ? `[${ini}:NAME]` : `[${ini}]`;
  return [
    `## ${yaml}`,
    `${help} In INI: \`${header}\`.`,
    ...(lead === undefined ? [] : [lead]),
    ["| key | kind | default | meaning |", "| --- | --- | --- | --- |", ...Object.values(keys).map(renderKey)].join("\n"),
  ].join("\n\n");
}

function renderKey(option: ConfigKey): string {
  return `| ${renderNames(option)} | ${option.type} | ${renderDefaults(option)} | ${cell(option.help)} |`;
}

function renderNames({ yaml, alias, ini }: ConfigKey): string {
  if (alias !== null) return `\`${yaml}\` (\`${alias}\`)`;
  return ini === null ? `\`${yaml}\` (YAML only)` : `\`${yaml}\``;
}

function renderDefaults({ yamlDefault, iniDefault, ini, required }: ConfigKey): string {
  if (required) return "required";
  const [yaml, other] = [renderDefault(yamlDefault), renderDefault(iniDefault)];
  const same = yaml.toLowerCase() === other.toLowerCase() || ini === null;
  return same ? yaml : `${yaml}; in INI ${other}`;
}

function renderDefault({ kind, text }: Default): string {
  return kind === "value" ? `\`${text}\`` : cell(text);
}

function cell(text: string): string {
  return text.replaceAll("|", "\\|");
}
