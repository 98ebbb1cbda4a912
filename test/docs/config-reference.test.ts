import { Ajv } from "ajv";
import { describe, expect, it } from "vitest";
import { SECTIONS } from "../../src/config/keys.ts";
import { configSchema } from "../../src/config/schema.ts";
import { renderConfigReference } from "./render-config-reference.ts";

it("docs/reference/config.md tells what the list of keys says", async () => {
  await expect(renderConfigReference()).toMatchFileSnapshot("../../docs/reference/config.md");
});

it("docs/reference/taskmaster.schema.json is the schema that the loader checks with", async () => {
  await expect(`${JSON.stringify(configSchema(), null, 2)}\n`).toMatchFileSnapshot("../../docs/reference/taskmaster.schema.json");
});

describe("the schema", () => {
  it("is a valid schema whose defaults are valid themselves", () => {
    const schema = configSchema();
    const ajv = new Ajv({ allowUnionTypes: true });
    expect(ajv.validateSchema(schema)).toBe(true);
    const daemon = Object.fromEntries(
      Object.entries(SECTIONS.daemon.keys).flatMap(
        ([
          ,
          {
            yaml,
            yamlDefault: { kind, text },
          },
        ]) => (kind === "value" ? [[yaml, parsed(text)]] : []),
      ),
    );
    expect(ajv.validate(schema, { daemon }) || ajv.errors).toBe(true);
  });
});

describe("every key", () => {
  it("has one name only in each dialect", () => {
    for (const { keys } of Object.values(SECTIONS)) {
      const all = Object.values(keys);
      const yaml = all.flatMap((option) => [option.yaml, ...("alias" in option && option.alias !== null ? [option.alias] : [])]);
      const ini = all.flatMap((option) => (option.ini === null ? [] : [option.ini]));
      expect(new Set(yaml).size).toBe(yaml.length);
      expect(new Set(ini).size).toBe(ini.length);
    }
  });

  it("is found under its INI name in the table", () => {
    for (const { keys } of Object.values(SECTIONS)) {
      for (const [name, { ini, yaml }] of Object.entries(keys)) expect(name).toBe(ini ?? yaml);
    }
  });

  it("is explained in one sentence", () => {
    for (const { keys } of Object.values(SECTIONS)) {
      for (const { help } of Object.values(keys)) expect(help).toMatch(/^[A-Z{].*[^.]\.$/s);
    }
  });
});

function parsed(text: string): unknown {
  if (/^(true|false)$/.test(text)) return text === "true";
  return /^[1-9]\d*$/.test(text) ? Number(text) : text;
}
