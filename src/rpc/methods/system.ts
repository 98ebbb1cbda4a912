import { fail, type Result, succeed } from "../../model/fault.ts";
import { defineMethod, type Method, type MethodTable } from "../method.ts";
import { methodHelp, methodSignature } from "../method-help.ts";
import { nameParameter } from "../parameter.ts";
import { compareText } from "../process-list.ts";
import { multicallMethod } from "./multicall.ts";

const name = nameParameter("name", "the full name of the method");

/** Introspection, and several calls in one. None of it is refused during a shutdown. */
export const systemMethods: readonly Method[] = [
  defineMethod({
    name: "system.listMethods",
    gated: false,
    help: "Lists the methods that can be called.",
    parameters: [],
    result: { type: "array", text: "the full names, sorted" },
    run: (_context, _args, methods) => succeed([...methods.keys()].sort(compareText)),
  }),
  defineMethod({
    name: "system.methodHelp",
    gated: false,
    help: "Explains a method. Fault SIGNATURE_UNSUPPORTED when there is none of that name.",
    parameters: [name],
    result: { type: "string", text: "the explanation" },
    run(_context, [wanted], methods) {
      const method = findMethod(methods, wanted);
      return method.ok ? succeed(methodHelp(method.value)) : method;
    },
  }),
  defineMethod({
    name: "system.methodSignature",
    gated: false,
    help: "Tells the types of a method. Fault SIGNATURE_UNSUPPORTED when there is none of that name.",
    parameters: [name],
    result: { type: "array", text: "the type of the result, then those of the parameters" },
    run(_context, [wanted], methods) {
      const method = findMethod(methods, wanted);
      return method.ok ? succeed(methodSignature(method.value)) : method;
    },
  }),
  multicallMethod,
];

function findMethod(methods: MethodTable, name: string): Result<Method> {
  const method = methods.get(name);
  return method === undefined ? fail("SIGNATURE_UNSUPPORTED") : succeed(method);
}
