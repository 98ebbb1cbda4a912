import type { Ownership, UserAccount } from "../model/config.ts";
import type { ConfigWorld } from "../model/config-world.ts";
import { parseInteger } from "./scalars.ts";

/** The account that a login name or a uid names; `undefined` when the system knows none. */
export function parseUser(text: string, world: ConfigWorld): UserAccount | undefined {
  return world.findUser(canonical(text)) ?? undefined;
}

/** The owner that `user` or `user:group` names; a user alone leaves the group unchanged. `undefined` when either is unknown. */
export function parseOwnership(text: string, world: ConfigWorld): Ownership | undefined {
  const colon = text.indexOf(":");
  const user = parseUser(colon < 0 ? text : text.slice(0, colon), world);
  if (user === undefined) return undefined;
  if (colon < 0) return { uid: user.uid, gid: -1 };
  const gid = world.findGroup(canonical(text.slice(colon + 1)));
  return gid === null ? undefined : { uid: user.uid, gid };
}

/** Every spelling of a number is the same uid: ` +1_000` is 1000. */
function canonical(nameOrNumber: string): string {
  return parseInteger(nameOrNumber)?.toString() ?? nameOrNumber;
}
