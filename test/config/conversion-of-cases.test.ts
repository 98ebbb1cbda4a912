import { expect, it } from "vitest";
import { loadIni } from "../../src/config/ini/load-ini.ts";
import { writeYaml } from "../../src/config/yaml/write-yaml.ts";
import { aWorld } from "./ini/a-world.ts";
import { CASES } from "./ini/cases.ts";

/** What YAML refuses on purpose. */
const STRICTER = [
  /^cannot split cmd of/,
  /^cannot use "" for cmd in/,
  /^cannot name \w+ /,
  /^cannot listen on .* without a password/,
];

it("every good INI file of the other tests becomes YAML, or is one that YAML refuses on purpose", () => {
  let written = 0;
  for (const files of CASES) {
    const paths = Object.entries(files).map(([name, text]) => [`/etc/s/${name}`, text] as const);
    const world = aWorld({ ...Object.fromEntries(paths), "/base/x": "" }, { env: { TEAM: "blue", HOME: "/root" } });
    const outcome = loadIni("/etc/s/main.conf", world, {});
    if (!outcome.ok) continue;
    const conversion = writeYaml(outcome.value, null, world);
    if (conversion.ok) written += 1;
    else expect(conversion.problems.filter((problem) => !STRICTER.some((rule) => rule.test(problem)))).toEqual([]);
  }
  expect(written).toBeGreaterThan(80);
});
