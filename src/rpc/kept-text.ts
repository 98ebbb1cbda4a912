import type { RpcStruct } from "./value.ts";

/** A struct that is sent again and again, as the texts that were made of it. */
interface KeptTexts {
  xml?: string;
  json?: string;
}

const texts = new WeakMap<RpcStruct, KeptTexts>();

/** From now on what is written of this struct is kept for the next time. It must never change. */
export function keepTextOf(struct: RpcStruct): void {
  texts.set(struct, {});
}

/** The text of a struct: the one that is kept, or a new one. */
export function textOf<Struct extends RpcStruct>(
  struct: Struct,
  form: keyof KeptTexts,
  write: (struct: Struct) => string,
): string {
  const kept = texts.get(struct);
  if (kept === undefined) return write(struct);
  kept[form] ??= write(struct);
  return kept[form];
}
