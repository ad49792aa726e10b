// Builds styles, icons, fonts and browser code into pages/static/: each file named by its content, each with its
// brotli and gzip copy, and manifest.json saying which name stands for which file.
//   node build.mjs           builds        node build.mjs --check   types only        node build.mjs --test   unit tests
import { execFileSync, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, globSync as glob, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

import esbuild from "esbuild";
import * as sass from "sass";
