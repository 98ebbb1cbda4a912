import { describe, expect, it } from "vitest";
import { taskmasterMethods } from "../../src/rpc/methods/taskmaster.ts";
import { METHODS as ALL_METHODS } from "../../src/rpc/table.ts";
import { runPython } from "../support/python.ts";
import { call, METHODS } from "./call.ts";
import { FakeDaemon } from "./fake-daemon.ts";

const daemon = new FakeDaemon([]);

/** Every method of the original by name, with its signature. */
const original = runPython(
  "from supervisor.xmlrpc import SystemNamespaceRPCInterface\n" +
    "from supervisor.rpcinterface import SupervisorNamespaceRPCInterface\n" +
    "system = SystemNamespaceRPCInterface([('supervisor', SupervisorNamespaceRPCInterface(None))])\n" +
    "output = [(name, system.methodSignature(name)) for name in system.listMethods()]",
  null,
) as [name: string, signature: string[]][];

describe("listMethods", () => {
  it("lists the methods of the original and our own, sorted", async () => {
    const own = taskmasterMethods.map(({ name }) => name);
    const expected = [...original.map(([name]) => name), ...own].sort();
    expect(original).toHaveLength(41);
    expect(await call(daemon, "system.listMethods")).toEqual(expected);
  });
});

describe("methodSignature", () => {
  it.each(original)("of %s is the original's", async (name, signature) => {
    expect(await call(daemon, "system.methodSignature", name)).toEqual(signature);
  });

  it("of an unknown method is SIGNATURE_UNSUPPORTED", async () => {
    expect(await call(daemon, "system.methodSignature", "supervisor.nope")).toBe("fault SIGNATURE_UNSUPPORTED");
    expect(await call(daemon, "system.methodHelp", "")).toBe("fault SIGNATURE_UNSUPPORTED");
  });
});

describe("methodHelp", () => {
  it.each([...METHODS.keys()])("of %s ends with lines that can be parsed, and agree with its signature", async (name) => {
    const help = String(await call(daemon, "system.methodHelp", name));
    const tags = help.split("\n").filter((line) => line.startsWith("@"));
    const signature = await call(daemon, "system.methodSignature", name);
    const types = tags.map((tag) => /^@(?:param (\S+) \S+|return (\S+)) \S/.exec(tag)).map((match) => match?.[1] ?? match?.[2]);
    expect([types.at(-1), ...types.slice(0, -1)]).toEqual(signature);
    expect(help).toMatch(/^[A-Z][^@]*\.\n\n@/);
  });
});

describe("the table", () => {
  it("has each name once", () => {
    const names = ALL_METHODS.flatMap((method) => [method.name, ...method.aliases]);
    expect(new Set(names).size).toBe(names.length);
  });

  it("has optional parameters last", () => {
    for (const { name, parameters } of ALL_METHODS) {
      const optional = parameters.map((parameter) => parameter.optional);
      expect(optional.toSorted(), name).toEqual(optional);
    }
  });
});
