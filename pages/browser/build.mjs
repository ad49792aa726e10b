// Builds styles, icons, fonts and browser code into pages/static/: each file named by its content, each with its
// brotli and gzip copy, and manifest.json saying which name stands for which file.
//   node build.mjs: builds     node build.mjs --check: types only     node build.mjs --test: unit tests
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const HERE = dirname(fileURLToPath(import.meta.url));
const MODULES = join(HERE, "node_modules");
const STATIC = join(HERE, "..", "static");
const FONTS = join(MODULES, "@fontsource", "atkinson-hyperlegible-next", "files");
const TESTS = join(HERE, "..", "..", "build", "browser-tests");
const COMPRESSED = new Set([".css", ".js", ".svg"]);

const JSX = { jsx: "automatic", jsxImportSource: "preact" };

/** What was built so far: plain name to bytes. */
const built = new Map();
/** Plain name to the name by content. */
const manifest = {};

function keep(name, bytes) {
  const data = Buffer.from(bytes);
  const mark = createHash("sha256").update(data).digest("hex").slice(0, 10);
  const end = extname(name);
  manifest[name] = `${basename(name, end)}.${mark}${end}`;
  built.set(manifest[name], data);
  return manifest[name];
}

function found(folder, ending) {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => !name.startsWith("node_modules") && ending.test(name))
    .sort();
}

function fonts() {
  for (const name of found(FONTS, /-latin(-ext)?-(400|600|700)-normal\.woff2$/)) keep(name, readFileSync(join(FONTS, name)));
}

async function styles() {
  const sass = await import("sass");
  for (const name of ["site", "room"]) {
    const sheet = sass.compile(join(HERE, "styles", `${name}.scss`), {
      loadPaths: [MODULES, join(HERE, "styles")],
      style: "compressed",
      quietDeps: true,
    });
    // A sheet names fonts by their plain name; here it learns the name by content. Both lie in one folder.
    keep(`${name}.css`, sheet.css.replace(/built:([\w.-]+)/g, (_, plain) => manifest[plain]));
  }
}

/** One sprite of all symbols, so that a page draws an icon with one `use`. */
function icons() {
  const symbols = found(join(HERE, "icons"), /\.svg$/)
    .flatMap((name) => readFileSync(join(HERE, "icons", name), "utf8").match(/<symbol[\s\S]*?<\/symbol>/g) ?? []);
  keep("icons.svg", `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("\n")}</svg>`);
  keep("mark.svg", readFileSync(join(HERE, "mark.svg")));
}

/** Each script at the top of this folder is one for pages; a folder with a main file is one too: room.js, equipment.js. */
async function scripts() {
  const esbuild = await import("esbuild");
  const alone = readdirSync(HERE).filter((name) => /^[a-z-]+\.ts$/.test(name)).map((name) => [name.replace(/ts$/, "js"), name]);
  const folders = found(HERE, /^[a-z-]+\/main\.tsx?$/).map((name) => [`${dirname(name)}.js`, name]);
  const entries = [...alone, ...folders];
  for (const [name, entry] of entries) {
    const { outputFiles } = await esbuild.build({
      entryPoints: [join(HERE, entry)],
      bundle: true,
      minify: true,
      format: "esm",
      target: "es2020",
      legalComments: "eof",
      write: false,
      ...JSX,
    });
    keep(name, outputFiles[0].contents);
  }
}

/** Written beside, then put in place at once, so that a running service never sees half a build. */
function write() {
  const fresh = `${STATIC}.fresh`;
  rmSync(fresh, { recursive: true, force: true });
  mkdirSync(fresh, { recursive: true });
  for (const [name, data] of built) {
    writeFileSync(join(fresh, name), data);
    if (!COMPRESSED.has(extname(name))) continue;
    writeFileSync(join(fresh, `${name}.br`), brotliCompressSync(data, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }));
    writeFileSync(join(fresh, `${name}.gz`), gzipSync(data, { level: 9 }));
  }
  writeFileSync(join(fresh, "manifest.json"), `${JSON.stringify(manifest, null, 2)}\n`);
  rmSync(STATIC, { recursive: true, force: true });
  renameSync(fresh, STATIC);
}

function run(command, args) {
  const { status } = spawnSync(command, args, { cwd: HERE, stdio: "inherit" });
  process.exit(status ?? 1);
}

async function bundledTests() {
  const esbuild = await import("esbuild");
  const tests = found(HERE, /\.test\.tsx?$/);
  rmSync(TESTS, { recursive: true, force: true });
  await esbuild.build({
    entryPoints: tests.map((name) => join(HERE, name)),
    outdir: TESTS,
    outbase: HERE,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20",
    sourcemap: "inline",
    logLevel: "error",
    ...JSX,
  });
  return tests.map((name) => join(TESTS, name.replace(/\.tsx?$/, ".mjs")));
}

if (process.argv.includes("--check")) {
  run(process.execPath, [join(MODULES, "typescript", "bin", "tsc"), "--noEmit", "-p", HERE]);
} else if (process.argv.includes("--test")) {
  const tests = await bundledTests();
  if (tests.length) run(process.execPath, ["--enable-source-maps", "--test", ...tests]);
} else {
  fonts();
  await styles();
  icons();
  await scripts();
  write();
  console.log(`${built.size} files in pages/static`);
}
