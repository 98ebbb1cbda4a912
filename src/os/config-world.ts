import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { hostname } from "node:os";
import type { UserAccount } from "../model/config.ts";
import type { ConfigWorld } from "../model/config-world.ts";
import { type Account, userDatabase } from "./user-database.ts";

/** The system as it is, for reading a configuration that is to run here. */
export function systemConfigWorld(): ConfigWorld {
  return {
    env: process.env,
    cwd: process.cwd(),
    uid: process.getuid?.() ?? 0,
    hostName: hostname(),
    readFile,
    listDirectory,
    isDirectory,
    exists: existsSync,
    findUser: (nameOrUid) => userOf(findAccount(nameOrUid)),
    findGroup,
    homeDirectory,
  };
}

/**
 * A system where a configuration that is to run elsewhere can be checked: every directory exists, and so does every user and group.
 * One that is unknown here keeps its name, or its number, and gets the id -1, which no account has.
 */
export function offlineConfigWorld(): ConfigWorld {
  const world = systemConfigWorld();
  return {
    ...world,
    isDirectory: () => true,
    findUser: (nameOrUid) => world.findUser(nameOrUid) ?? { uid: numberOr(nameOrUid, -1), gid: -1, name: nameOrUid },
    findGroup: (nameOrGid) => world.findGroup(nameOrGid) ?? numberOr(nameOrGid, -1),
  };
}

/** @throws the system's error, or a TypeError for what is no UTF-8. */
function readFile(path: string): string {
  const bytes = readFileSync(path);
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (cause) {
    throw new TypeError(`line ${firstUndecodableLine(bytes)} is no UTF-8 text`, { cause });
  }
}

function firstUndecodableLine(bytes: Buffer): number {
  const lines = bytes.toString("latin1").split("\n");
  const line = lines.findIndex(
    (text) => !Buffer.from(text, "latin1").equals(Buffer.from(Buffer.from(text, "latin1").toString("utf8"))),
  );
  return line + 1;
}

function listDirectory(path: string): readonly string[] {
  try {
    return readdirSync(path);
  } catch {
    return [];
  }
}

function isDirectory(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}

function findAccount(nameOrUid: string): Account | null {
  return isNumber(nameOrUid) ? userDatabase().userById(Number(nameOrUid)) : userDatabase().userByName(nameOrUid);
}

function userOf(account: Account | null): UserAccount | null {
  return account === null ? null : { uid: account.uid, gid: account.gid, name: account.name };
}

function findGroup(nameOrGid: string): number | null {
  return isNumber(nameOrGid) ? userDatabase().groupById(Number(nameOrGid)) : userDatabase().groupByName(nameOrGid);
}

/** The caller's home is what HOME says, as in a shell; the database is asked only without it. */
function homeDirectory(user: string | null): string | null {
  if (user !== null) return userDatabase().userByName(user)?.home ?? null;
  if (process.env.HOME !== undefined) return process.env.HOME;
  return userDatabase().userById(process.getuid?.() ?? 0)?.home ?? null;
}

function isNumber(text: string): boolean {
  return /^\d+$/.test(text);
}

function numberOr(text: string, otherwise: number): number {
  return isNumber(text) ? Number(text) : otherwise;
}
