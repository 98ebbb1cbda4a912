import { createRequire } from "node:module";
import type { UserAccount } from "../model/config.ts";

/** An account as the system's name service tells it: files, LDAP, or whatever it asks. */
export interface Account extends UserAccount {
  readonly home: string;
}

/** The name service of the C library. It is loaded when first asked: most configurations name no user. */
export interface UserDatabase {
  userByName(name: string): Account | null;
  userById(uid: number): Account | null;
  groupByName(name: string): number | null;
  groupById(gid: number): number | null;
}

let database: UserDatabase | undefined;

export function userDatabase(): UserDatabase {
  database ??= openDatabase();
  return database;
}

/** The members that are read; glibc and musl lay them out alike. @see getpwnam(3), getgrnam(3) */
interface Passwd {
  readonly pw_name: string;
  readonly pw_uid: number;
  readonly pw_gid: number;
  readonly pw_dir: string;
}

interface Group {
  readonly gr_gid: number;
}

function openDatabase(): UserDatabase {
  const koffi: typeof import("koffi") = createRequire(import.meta.url)("koffi");
  const passwd = koffi.struct({
    pw_name: "const char *",
    pw_passwd: "const char *",
    pw_uid: "uint32_t",
    pw_gid: "uint32_t",
    pw_gecos: "const char *",
    pw_dir: "const char *",
    pw_shell: "const char *",
  });
  const group = koffi.struct({ gr_name: "const char *", gr_passwd: "const char *", gr_gid: "uint32_t", gr_mem: "void *" });
  // The C library that Node itself runs on, whatever its name.
  const libc = koffi.load(null);
  const getpwnam = libc.func("getpwnam", koffi.pointer(passwd), ["str"]);
  const getpwuid = libc.func("getpwuid", koffi.pointer(passwd), ["uint32_t"]);
  const getgrnam = libc.func("getgrnam", koffi.pointer(group), ["str"]);
  const getgrgid = libc.func("getgrgid", koffi.pointer(group), ["uint32_t"]);
  const account = (pointer: unknown): Account | null => {
    if (pointer === null) return null;
    const { pw_name: name, pw_uid: uid, pw_gid: gid, pw_dir: home }: Passwd = koffi.decode(pointer, passwd);
    return { name, uid, gid, home };
  };
  const gid = (pointer: unknown): number | null => {
    if (pointer === null) return null;
    const { gr_gid: id }: Group = koffi.decode(pointer, group);
    return id;
  };
  return {
    userByName: (name) => account(getpwnam(name)),
    userById: (uid) => account(getpwuid(uid)),
    groupByName: (name) => gid(getgrnam(name)),
    groupById: (id) => gid(getgrgid(id)),
  };
}
