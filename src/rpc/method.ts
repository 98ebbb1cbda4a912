import type { Result } from "../model/fault.ts";
import type { RpcContext } from "./context.ts";
import type { Parameter } from "./parameter.ts";
import type { RpcValue } from "./value.ts";

/** What a method answers; a waiting call answers later. */
type Answer = Result<RpcValue> | Promise<Result<RpcValue>>;

/** The published methods by full name, aliases included. */
export type MethodTable = ReadonlyMap<string, Method>;

/** One method of the interface. The table of these is all that a client can reach: nothing is looked up by reflection. */
export interface Method {
  /** With its namespace: `supervisor.startProcess`. */
  readonly name: string;
  /** Further full names, kept for old clients. */
  readonly aliases: readonly string[];
  /** Refused with SHUTDOWN_STATE once a shutdown or restart was requested. */
  readonly gated: boolean;
  /** Whole sentences. */
  readonly help: string;
  /** Optional ones come last. */
  readonly parameters: readonly Parameter<unknown>[];
  readonly result: MethodResult;
  /** Reads the arguments, whose number was checked, and runs the method. */
  invoke(context: RpcContext, args: readonly RpcValue[], methods: MethodTable): Answer;
}

interface MethodResult {
  readonly type: "string" | "int" | "boolean" | "array" | "struct";
  /** For the help text; its first word is in lower case. */
  readonly text: string;
}

/** A method as its file writes it: `run` gets its arguments already read, each of the type that its parameter makes. */
interface MethodDefinition<Parameters extends readonly Parameter<unknown>[]> {
  readonly name: string;
  readonly aliases?: readonly string[];
  readonly gated: boolean;
  readonly help: string;
  readonly parameters: Parameters;
  readonly result: MethodResult;
  run(context: RpcContext, args: Arguments<Parameters>, methods: MethodTable): Answer;
}

/** The values that a list of parameters reads. */
type Arguments<Parameters extends readonly Parameter<unknown>[]> = {
  readonly [Index in keyof Parameters]: Parameters[Index] extends Parameter<infer Value> ? Value : never;
};

export function defineMethod<const Parameters extends readonly Parameter<unknown>[]>(
  definition: MethodDefinition<Parameters>,
): Method {
  return {
    ...definition,
    aliases: definition.aliases ?? [],
    invoke(context, args, methods) {
      const values: unknown[] = [];
      for (const [index, parameter] of definition.parameters.entries()) {
        const value = parameter.read(args[index]);
        if (!value.ok) return value;
        values.push(value.value);
      }
      return definition.run(context, values as Arguments<Parameters>, methods);
    },
  };
}
