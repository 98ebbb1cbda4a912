import { FAULT_CODES } from "../../src/model/fault.ts";
import type { Method } from "../../src/rpc/method.ts";
import type { Parameter } from "../../src/rpc/parameter.ts";

/** The reference of the XML-RPC interface as a page of Markdown. */
export function renderRpcReference(methods: readonly Method[]): string {
  const namespaces = [...new Set(methods.map(namespaceOf))];
  return [
    "# XML-RPC reference",
    "Every method of the daemon, as `system.listMethods` lists them. This page is generated from the table of methods; `system.methodHelp` " +
      "tells the same of one method.",
    INTRODUCTION,
    ...namespaces.flatMap((namespace) => [
      `## ${namespace}.*`,
      ...methods.filter((method) => namespaceOf(method) === namespace).map(renderMethod),
    ]),
    "## Faults",
    "The text of a fault is its name, mostly followed by a colon and what it is about. SUCCESS is no fault: it is the status of the good " +
      "entries in the arrays that methods about several processes answer.",
    renderFaults(),
  ]
    .join("\n\n")
    .concat("\n");
}

const INTRODUCTION = `\
Requests go to \`/RPC2\` by POST. The methods of \`supervisor.*\` are supervisord's; \`taskmaster.*\` is this daemon's own.

- A name is \`group:process\`, or \`process\` alone where its group is called alike or no other process is called so. \`group:*\` is the whole group where a method allows it.
- Once a shutdown or restart is requested, every method refuses with SHUTDOWN_STATE, except where its entry says otherwise.
- A call that waits is answered when what it waits for has happened. A client that leaves does not cancel what it asked for.
- Arguments of a wrong type, like a wrong number of them, give INCORRECT_PARAMETERS.
- Answers are always well-formed XML 1.0. A character that XML forbids, as in a log with colours, comes as U+FFFD, and so does what is no
  UTF-8. Carriage returns are kept. Offsets and lengths count the bytes of the file, not characters.
- Integers have 32 bits. What is beyond, like the size of a log above 2 GiB, comes as the nearest that fits.
- A request has at most 16 MiB, 250,000 elements, and 100 levels of them; it may have no document type.`;

function renderMethod(method: Method): string {
  const lines = [
    `### ${method.name}(${method.parameters.map(renderParameterName).join(", ")}) → ${method.result.type}`,
    method.help,
    ...renderAliases(method),
    [...method.parameters.map(renderParameter), `- returns *${method.result.type}*: ${method.result.text}`].join("\n"),
  ];
  return (method.gated ? lines : [...lines, "Not refused during a shutdown."]).join("\n\n");
}

function renderAliases({ aliases }: Method): readonly string[] {
  return aliases.length === 0 ? [] : [`Also called ${aliases.map((alias) => `\`${alias}\``).join(", ")}.`];
}

function renderParameterName({ name, optional }: Parameter<unknown>): string {
  return optional ? `${name}?` : name;
}

function renderParameter({ name, type, text, optional }: Parameter<unknown>): string {
  return `- \`${name}\` *${type}*${optional ? ", optional" : ""}: ${text}`;
}

function renderFaults(): string {
  const rows = Object.entries(FAULT_CODES).map(([name, code]) => `| ${code} | ${name} |`);
  return ["| code | name |", "| --- | --- |", ...rows].join("\n");
}

function namespaceOf({ name }: Method): string {
  return name.slice(0, name.indexOf("."));
}
