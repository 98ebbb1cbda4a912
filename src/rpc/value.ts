/**
 * What travels over XML-RPC. Numbers are integers on the wire when they have no fraction. `null` and dates come in requests only:
 * `null` is an empty element of a type that XML-RPC does not know, a date is read as if it were UTC.
 */
export type RpcValue = string | number | boolean | null | Date | readonly RpcValue[] | RpcStruct;

/** Members in the order of sending. One that came in a request has no prototype, so no member name is special. */
export interface RpcStruct {
  readonly [member: string]: RpcValue;
}

export function isArray(value: RpcValue): value is readonly RpcValue[] {
  return Array.isArray(value);
}

export function isStruct(value: RpcValue): value is RpcStruct {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Date);
}
