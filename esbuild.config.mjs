import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

/*
 * A step of the build: puts each program with the packages that it needs into one file, which loads several times faster than its
 * hundreds of modules. CommonJS, since that loads faster still. Native code stays in its package, and so does ajv, whose work the
 * compiled validator has done.
 *
 * Nothing is made smaller: a stack trace in the log leads to a line that can be read. A source map would be read at each start.
 */

/** Parts of the control client that most commands do without: each is a file of its own, read when it is imported. */
const LATE_PARTS = [
  "ctl/shell/shell.js",
  "ctl/remote/xml-answer.js",
  "ctl/follow/progress.js",
  "ctl/follow/watch-status.js",
  "ctl/follow/attached-terminal.js",
  "ctl/commands/logs.js",
  "ctl/commands/top.js",
  "ctl/render/process-table.js",
  "ctl/commands/completion.js",
  "ctl/commands/up.js",
  "ctl/convert-file.js",
  "src/config/load.js",
  "src/config/yaml/load-yaml-ctl.js",
];

const options = {
  outdir: "dist",
  outExtension: { ".js": ".cjs" },
  bundle: true,
  format: "cjs",
  platform: "node",
  target: "node20",
  external: ["koffi", "ajv"],
  define: { "import.meta.url": "moduleUrl" },
  banner: { js: 'const moduleUrl = require("node:url").pathToFileURL(__filename).href;' },
  logLevel: "warning",
};

/**
 * What runs in the launcher is the module as a function, so that the text need not be put together at each start, and kept twice. The
 * other parts are loaded as modules.
 */
const asFunction = (names) => ({
  name: "as a function",
  setup({ onEnd, initialOptions }) {
    initialOptions.write = false;
    onEnd(({ outputFiles }) => {
      for (const { path, text } of outputFiles)
        writeFileSync(
          path,
          names.includes(basename(path, ".cjs"))
            ? `(function (exports, require, module, __filename, __dirname) {${text}\n})`
            : text,
        );
    });
  },
});

/**
 * express brings along what nothing here uses: a reader of bodies, with tables of half a megabyte for the encodings of the world, and a
 * list of all types of files.
 */
const withoutTables = {
  name: "without tables",
  setup({ onLoad }) {
    onLoad({ filter: /node_modules\/(iconv-lite\/lib|mime-db)\/index\.js$/ }, () => ({ contents: "module.exports = {};" }));
  },
};

/** Packages that the sources load with a `require` of their own are put in as well, and still run when first asked for. */
const lateRequires = {
  name: "late requires",
  setup({ onLoad }) {
    onLoad({ filter: /heavy-packages\.js$/ }, ({ path }) => ({
      contents: readFileSync(path, "utf8").replace(/^const require = .*$/m, ""),
    }));
  },
};

const lateParts = {
  name: "late parts",
  setup({ onResolve }) {
    onResolve({ filter: /^\.\.?\// }, ({ kind, path, resolveDir }) => {
      const part = LATE_PARTS.find((file) => resolve("dist", file) === resolve(resolveDir, path));
      return kind === "dynamic-import" && part !== undefined ? { path: `./${partName(part)}.cjs`, external: true } : undefined;
    });
  },
};

function partName(file) {
  return `taskmasterctl-${basename(file, ".js")}`;
}

/** Programs are run by a launcher that bears their name. */
const PROGRAMS = ["taskmasterd", "taskmasterctl"];

await Promise.all([
  build({
    ...options,
    entryPoints: { "taskmasterd-main": "dist/src/main.js", "compiled-validator": "dist/src/config/yaml/compiled-validator.cjs" },
    plugins: [lateRequires, withoutTables, asFunction(["taskmasterd-main"])],
  }),
  build({
    ...options,
    entryPoints: {
      "taskmasterctl-main": "dist/ctl/main.js",
      ...Object.fromEntries(LATE_PARTS.map((file) => [partName(file), `dist/${file}`])),
    },
    plugins: [lateParts, lateRequires, asFunction(["taskmasterctl-main"])],
    // `import()` would bring the other loader of modules with it.
    supported: { "dynamic-import": false },
  }),
  buildPage(),
  build({ ...options, entryPoints: Object.fromEntries(PROGRAMS.map((name) => [name, "dist/src/launch.js"])) }),
]);

/* What was compiled until a program has done something usual is what it needs at its next start. */
await keepCode("src/taskmasterd.sh", "taskmasterd", ["--version"]);
await withAnswers((url) => keepCode("ctl/taskmasterctl.sh", "taskmasterctl", ["-s", url, "status"]));

/**
 * The page: modules that the browser loads as they are, each named after what is in it so that it can be kept for ever, and the same
 * made smaller. What draws terminals is a module of its own.
 */
async function buildPage() {
  rmSync("dist/web", { recursive: true, force: true });
  const { metafile } = await build({
    entryPoints: { app: "src/web/app.tsx", style: "src/web/style.css", terminal: "node_modules/@xterm/xterm/css/xterm.css" },
    outdir: "dist/web",
    entryNames: "[name]-[hash]",
    chunkNames: "[name]-[hash]",
    bundle: true,
    splitting: true,
    format: "esm",
    target: "es2022",
    minify: true,
    metafile: true,
    jsx: "automatic",
    jsxImportSource: "preact",
    logLevel: "warning",
  });
  const files = Object.entries(metafile.outputs).map(([path, { entryPoint }]) => ({ name: basename(path), entryPoint }));
  const nameOf = (entry) => `web/${files.find(({ entryPoint }) => entryPoint?.endsWith(entry))?.name}`;
  const html = readFileSync("src/web/index.html", "utf8")
    .replace("{{script}}", nameOf("app.tsx"))
    .replace("{{style}}", nameOf("style.css"))
    .replace("{{terminal}}", nameOf("xterm.css"));
  writeFileSync("dist/web/index.html", html);
  for (const { name } of files) writeFileSync(`dist/web/${name}.gz`, gzipSync(readFileSync(`dist/web/${name}`), { level: 9 }));
}

/** Runs a program by its launcher script, and keeps what the engine has compiled by then; it takes none that other options have made. */
async function keepCode(launcher, program, words) {
  const bundle = resolve("dist", `${program}-main.cjs`);
  rmSync(`${bundle}.code`, { force: true });
  const { code } = await run(launcher, words, {
    ...process.env,
    TASKMASTER_KEEP_CODE: `${bundle}.code`,
  });
  if (code !== 0) throw new Error(`${program} ${words.join(" ")} has ended with status ${code}`);
}

function run(file, words, env) {
  return new Promise((end) => {
    const child = spawn(file, words, { env, stdio: ["ignore", "ignore", "inherit"] });
    child.on("exit", (code) => end({ code }));
  });
}

/** Is a daemon with one process, as far as `status` asks it. */
async function withAnswers(work) {
  const folder = mkdtempSync(join(tmpdir(), "taskmaster-build-"));
  const socket = join(folder, "s");
  const facts = { name: "x", group: "x", pid: 1, statename: "RUNNING", description: "pid 1, uptime 0:00:01" };
  const server = createServer((request, response) => {
    let body = "";
    request.on("data", (piece) => {
      body += piece;
    });
    request.on("end", () => {
      response.setHeader("Content-Type", "application/json");
      response.end(JSON.stringify({ result: body.includes("getVersion") ? "3.0" : [facts] }));
    });
  });
  await new Promise((ready) => server.listen(socket, ready));
  await work(`unix://${socket}`);
  server.close();
  rmSync(folder, { recursive: true });
}
