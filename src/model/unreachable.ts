/** Ends a `switch` over a union: the compiler proves that no case is missing, and a value that lies is reported. */
export function unreachable(value: never): never {
  throw new Error(`unexpected case: ${JSON.stringify(value)}`);
}
