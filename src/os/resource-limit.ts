import { lastError, libc } from "./libc.ts";

/** Numbers of the limits, the same on every Linux architecture that Node runs on except MIPS and SPARC. */
const RESOURCES = { RLIMIT_NPROC: 6, RLIMIT_NOFILE: 7 } as const;

export type Resource = keyof typeof RESOURCES;

/** `Infinity` for "unlimited". */
export interface ResourceLimit {
  readonly soft: number;
  readonly hard: number;
}

export function getLimit(resource: Resource): ResourceLimit {
  const limit = Buffer.alloc(16);
  fetchLimit(resource, limit);
  return { soft: readLimit(limit, 0), hard: readLimit(limit, 8) };
}

/** @returns the error's name, or `null` when the limit is set. */
export function setLimit(resource: Resource, { soft, hard }: ResourceLimit): string | null {
  const limit = Buffer.alloc(16);
  writeLimit(limit, 0, soft);
  writeLimit(limit, 8, hard);
  return libc.setRlimit(RESOURCES[resource], limit) === 0 ? null : lastError();
}

/** What `withSoftLimit` found, and what it sets meanwhile; each start of a child needs both. */
const own = Buffer.alloc(16);
const changed = Buffer.alloc(16);

/** Does something, which must not come back here, under another soft limit. What cannot be set stays as it was. */
export function withSoftLimit<Value>(resource: Resource, soft: number, action: () => Value): Value {
  const number = RESOURCES[resource];
  fetchLimit(resource, own);
  own.copy(changed);
  writeLimit(changed, 0, soft);
  libc.setRlimit(number, changed);
  try {
    return action();
  } finally {
    libc.setRlimit(number, own);
  }
}

function fetchLimit(resource: Resource, limit: Buffer): void {
  if (libc.getRlimit(RESOURCES[resource], limit) !== 0) throw new Error(`cannot read ${resource}: ${lastError()}`);
}

/** RLIM_INFINITY of both libraries. */
const UNLIMITED = 0xffff_ffff_ffff_ffffn;

function readLimit(limit: Buffer, offset: number): number {
  const value = limit.readBigUInt64LE(offset);
  return value === UNLIMITED ? Number.POSITIVE_INFINITY : Number(value);
}

function writeLimit(limit: Buffer, offset: number, value: number): void {
  limit.writeBigUInt64LE(Number.isFinite(value) ? BigInt(value) : UNLIMITED, offset);
}
