// Writes a Brotli file beside every file of the built page that gains by it.
// Static hosts that can't compress by themselves serve these.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { brotliCompress, constants } from "node:zlib";

const dist = fileURLToPath(new URL("dist", import.meta.url));
const TEXT = new Set([".html", ".css", ".js", ".json", ".svg", ".txt", ".wasm"]);

// How many of the last bits of a distance are coded apart. WebAssembly gains up to a
// hundredth by 2 or 3; by which of them changes with a few bytes of it.
const postfixes = (file) => (file.endsWith(".wasm") ? [2, 3] : [0]);

async function compress(file) {
  const data = readFileSync(file);
  const made = await Promise.all(
    postfixes(file).map((postfix) =>
      promisify(brotliCompress)(data, {
        params: {
          [constants.BROTLI_PARAM_QUALITY]: 11,
          [constants.BROTLI_PARAM_LGWIN]: 24,
          [constants.BROTLI_PARAM_SIZE_HINT]: data.length,
          [constants.BROTLI_PARAM_NPOSTFIX]: postfix,
        },
      }),
    ),
  );
  writeFileSync(
    `${file}.br`,
    made.reduce((best, one) => (one.length < best.length ? one : best)),
  );
}

// All at once: the largest take half a minute each.
const files = readdirSync(dist, { recursive: true, withFileTypes: true }).filter(
  (entry) => entry.isFile() && TEXT.has(extname(entry.name)),
);
await Promise.all(files.map((entry) => compress(join(entry.parentPath ?? entry.path, entry.name))));
