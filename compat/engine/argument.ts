/** An argument of a call: a plain value, or a `Raw` one that no plain value becomes. */
export type Argument = string | number | boolean | Raw | readonly Argument[] | { readonly [member: string]: Argument };

/** XML that stands as it is inside a `<param>`. */
export class Raw {
  readonly xml: string;

  constructor(xml: string) {
    this.xml = xml;
  }
}

export function double(text: string): Raw {
  return new Raw(`<value><double>${text}</double></value>`);
}

export function base64(text: string): Raw {
  return new Raw(`<value><base64>${Buffer.from(text).toString("base64")}</base64></value>`);
}

/** Written here anew: the codec of the daemon is what is tested. */
export function encodeArgument(argument: Argument): string {
  if (argument instanceof Raw) return argument.xml;
  return `<value>${encodeTyped(argument)}</value>`;
}

/** How a label shows an argument. */
export function showArgument(argument: Argument): string {
  if (argument instanceof Raw) return argument.xml;
  if (isList(argument)) return `[${argument.map(showArgument).join(", ")}]`;
  if (typeof argument !== "object") return JSON.stringify(argument);
  return `{${Object.entries(argument)
    .map(([name, value]) => `${name}: ${showArgument(value)}`)
    .join(", ")}}`;
}

function encodeTyped(argument: Exclude<Argument, Raw>): string {
  switch (typeof argument) {
    case "string":
      return `<string>${escapeText(argument)}</string>`;
    case "number":
      return `<int>${argument}</int>`;
    case "boolean":
      return `<boolean>${argument ? 1 : 0}</boolean>`;
    default:
      return isList(argument) ? encodeList(argument) : encodeStruct(argument);
  }
}

function encodeList(items: readonly Argument[]): string {
  return `<array><data>${items.map(encodeArgument).join("")}</data></array>`;
}

function encodeStruct(members: { readonly [member: string]: Argument }): string {
  return `<struct>${Object.entries(members)
    .map(([name, value]) => `<member><name>${escapeText(name)}</name>${encodeArgument(value)}</member>`)
    .join("")}</struct>`;
}

function isList(argument: Argument): argument is readonly Argument[] {
  return Array.isArray(argument);
}

function escapeText(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
