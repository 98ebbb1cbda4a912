import { existsSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { describe, expect, it } from "vitest";
import { inlineCode, type Page, pages, ROOT, withoutFences } from "./markdown.ts";

describe.each(pages())("$path", (page) => {
  it("links only to pages and headings that exist", () => {
    expect(relativeLinks(page).filter((link) => !resolves(page, link))).toEqual([]);
  });

  it("names only files that exist", () => {
    expect(namedFiles(page).filter((file) => !existsSync(join(ROOT, file)))).toEqual([]);
  });
});

function relativeLinks({ text }: Page): readonly string[] {
  const prose = withoutFences(text).replaceAll(/`[^`]*`/g, "");
  const targets = [...prose.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = ""]) => target);
  return targets.filter((target) => !/^[a-z]+:/.test(target));
}

function resolves(page: Page, link: string): boolean {
  const [target = "", heading] = link.split("#");
  const path = target === "" ? page.path : normalize(join(dirname(page.path), target));
  if (!existsSync(join(ROOT, path))) return false;
  return heading === undefined || headings(readFileSync(join(ROOT, path), "utf8")).has(heading);
}

/** The anchors that GitHub makes of the headings of a page. */
function headings(text: string): ReadonlySet<string> {
  const anchors = new Set<string>();
  for (const [, title = ""] of withoutFences(text).matchAll(/^#+ (.*)$/gm)) {
    const anchor = title
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, "")
      .replaceAll(/\s/g, "-");
    for (let number = 0; ; number++) {
      const unique = number === 0 ? anchor : `${anchor}-${number}`;
      if (anchors.has(unique)) continue;
      anchors.add(unique);
      break;
    }
  }
  return anchors;
}

/** Files and folders of the project that stand between backquotes; `<name>` is the reader's to fill in. */
function namedFiles({ text }: Page): readonly string[] {
  return inlineCode(text).filter((code) => /^(?:src|ctl|test|compat|bench|docs|examples)\/[\w./-]*$/.test(code));
}
