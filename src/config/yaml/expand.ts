/** What a text may refer to with `${NAME}`. */
export interface Variables {
  /** The value of a variable; `undefined` when it is not set. */
  get(name: string): string | undefined;
  /** Why a built-in variable has no value in this place; `undefined` for any other name. */
  whyNot(name: string): string | undefined;
}

export type Expansion =
  | { readonly ok: true; readonly text: string }
  /** `problem` completes "cannot expand". */
  | { readonly ok: false; readonly problem: string };

/**
 * Replaces `${NAME}`, `${NAME:-default}`, `${NAME:?message}` and, for numbers, `${NAME:03d}`; `$$` is a dollar sign. A `$` before
 * anything else is left to the program's own shell. Defaults and messages may contain variables themselves.
 */
export function expand(text: string, variables: Variables): Expansion {
  if (!text.includes("$")) return { ok: true, text };
  let result = "";
  let at = 0;
  while (at < text.length) {
    const dollar = text.indexOf("$", at);
    if (dollar < 0) break;
    result += text.slice(at, dollar);
    const next = text[dollar + 1];
    if (next !== "{") {
      result += "$";
      at = dollar + (next === "$" ? 2 : 1);
      continue;
    }
    const end = closingBrace(text, dollar + 2);
    if (end < 0) return { ok: false, problem: `${text.slice(dollar)}: its } is missing; write $$ for a dollar sign` };
    const replaced = replace(text.slice(dollar + 2, end), variables);
    if (!replaced.ok) return replaced;
    result += replaced.text;
    at = end + 1;
  }
  return { ok: true, text: result + text.slice(at) };
}

/** Writes a text so that {@link expand} gives it back. */
export function escapeDollars(text: string): string {
  return text.replace(/\$(?=[${])/g, "$$$$");
}

/** The brace that ends what begins at `start`; braces of variables inside it are skipped. */
function closingBrace(text: string, start: number): number {
  let depth = 1;
  for (let at = start; at < text.length; at++) {
    if (text.startsWith("${", at)) depth += 1;
    else if (text[at] === "}") depth -= 1;
    if (depth === 0) return at;
  }
  return -1;
}

/** Replaces what stands between the braces. */
function replace(reference: string, variables: Variables): Expansion {
  const [, name, form, rest = ""] = /^([A-Za-z_][A-Za-z0-9_]*)(?:(:-|:\?|:)(.*))?$/s.exec(reference) ?? [];
  if (name === undefined) {
    return { ok: false, problem: `\${${reference}}: a name has letters, digits and underscores; write $\${ for a plain \${` };
  }
  const value = variables.get(name);
  if (value === undefined && variables.whyNot(name) !== undefined) {
    return { ok: false, problem: `\${${name}}: ${variables.whyNot(name)}` };
  }
  if (form === ":-") return value ? { ok: true, text: value } : expand(rest, variables);
  if (form === ":?") return value ? { ok: true, text: value } : refusal(name, rest, variables);
  if (value === undefined) {
    return { ok: false, problem: `\${${name}}: it is not set; write \${${name}:-default} to give it a default` };
  }
  return form === ":" ? formatNumber(reference, value, rest) : { ok: true, text: value };
}

function refusal(name: string, message: string, variables: Variables): Expansion {
  const reason = expand(message, variables);
  if (!reason.ok) return reason;
  return { ok: false, problem: `\${${name}}: ${reason.text || "it must be set"}` };
}

/** `03d`: at least three digits, filled up with zeros. */
function formatNumber(reference: string, value: string, format: string): Expansion {
  const width = /^0?(\d*)d$/.exec(format)?.[1];
  if (width === undefined || width.length > 2) {
    return {
      ok: false,
      problem: `\${${reference}}: after the name come :-default, :?message, or for a number a width such as :02d`,
    };
  }
  const parts = /^(-?)(\d+)$/.exec(value);
  if (parts === null) return { ok: false, problem: `\${${reference}}: its value ${JSON.stringify(value)} is no number` };
  const [, sign = "", digits = ""] = parts;
  return { ok: true, text: sign + digits.padStart(Number(width) - sign.length, "0") };
}
