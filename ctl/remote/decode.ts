/** Reads one value of an answer; `undefined` when it is not what was promised. */
export type Decode<Value> = (value: unknown) => Value | undefined;

export const text: Decode<string> = (value) => (typeof value === "string" ? value : undefined);
export const integer: Decode<number> = (value) => (typeof value === "number" ? value : undefined);
export const flag: Decode<boolean> = (value) => (typeof value === "boolean" ? value : undefined);

/** One of a few words. */
export function wordOf<Word extends string>(...words: readonly Word[]): Decode<Word> {
  return (value) => words.find((word) => word === value);
}

/** A time; 0 stands for never, and for one that is not told. */
export const orZero: Decode<number> = (value) => (value === undefined ? 0 : integer(value));

/** What may be missing is told as `null`. */
export function maybe<Value>(decode: Decode<Value>): Decode<Value | null> {
  return (value) => (value === undefined ? null : decode(value));
}

export function listOf<Item>(item: Decode<Item>): Decode<readonly Item[]> {
  return (value) => {
    if (!Array.isArray(value)) return undefined;
    const items: Item[] = [];
    for (const element of value) {
      const decoded = item(element);
      if (decoded === undefined) return undefined;
      items.push(decoded);
    }
    return items;
  };
}

/** A struct with at least these members; what else it holds is left out. */
export function recordOf<Members extends object>(
  members: { readonly [Key in keyof Members]: Decode<Members[Key]> },
): Decode<Members> {
  return (value) => {
    if (typeof value !== "object" || value === null) return undefined;
    const record: Partial<Members> = {};
    for (const key in members) {
      const decoded = members[key](Object.hasOwn(value, key) ? Reflect.get(value, key) : undefined);
      if (decoded === undefined) return undefined;
      record[key] = decoded;
    }
    return record as Members;
  };
}
