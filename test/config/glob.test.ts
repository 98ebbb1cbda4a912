import { describe, expect, it } from "vitest";
import { glob } from "../../src/config/glob.ts";
import { aWorld } from "./ini/a-world.ts";

const world = aWorld({
  "/c/a.conf": "",
  "/c/b.conf": "",
  "/c/é.conf": "",
  "/c/.hidden.conf": "",
  "/c/a[1].conf": "",
  "/c/x.ini": "",
  "/c/d1/z.conf": "",
  "/c/d2/z.conf": "",
});

describe("a file pattern", () => {
  it.each([
    ["/c/*.conf", ["/c/a.conf", "/c/a[1].conf", "/c/b.conf", "/c/é.conf"]],
    ["/c/?.conf", ["/c/a.conf", "/c/b.conf", "/c/é.conf"]],
    ["/c/[ab].conf", ["/c/a.conf", "/c/b.conf"]],
    ["/c/[!ab].conf", ["/c/é.conf"]],
    ["/c/[a-b].c*", ["/c/a.conf", "/c/b.conf"]],
    ["/c/[b-a].conf", []],
    ["/c/a[[]1[]].conf", ["/c/a[1].conf"]],
    ["/c/a[1.conf", []],
    ["/c/.*.conf", ["/c/.hidden.conf"]],
    ["/c/d*/z.conf", ["/c/d1/z.conf", "/c/d2/z.conf"]],
    ["/c/**/z.conf", ["/c/d1/z.conf", "/c/d2/z.conf"]],
    ["/*/x.ini", ["/c/x.ini"]],
    ["/c/x.ini", ["/c/x.ini"]],
    ["/c/none", []],
    ["/none/*", []],
    ["/c/(a|b).conf", []],
  ])("%s matches %j", (pattern, files) => {
    expect(glob(pattern, world)).toEqual(files);
  });
});
