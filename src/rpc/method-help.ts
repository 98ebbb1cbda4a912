import type { Method } from "./method.ts";

/** The text of `system.methodHelp`: prose, then a line for each parameter and one for the result, which clients may parse. */
export function methodHelp(method: Method): string {
  const parameters = method.parameters.map(({ name, type, text }) => `@param ${type} ${name} ${text}`);
  return [method.help, "", ...parameters, `@return ${method.result.type} ${method.result.text}`].join("\n");
}

/** The types of `system.methodSignature`: the result's, then the parameters'. */
export function methodSignature(method: Method): readonly string[] {
  return [method.result.type, ...method.parameters.map((parameter) => parameter.type)];
}
