// Writes a Brotli file beside every file of the built page that gains by it.
// Static hosts that can't compress by themselves serve these.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { brotliCompress, constants } from "node:zlib";

const dist = fileURLToPath(new URL("dist", import.meta.url));
const TEXT = new Set([".html", ".css", ".js", ".json", ".svg", ".txt", ".wasm"]);

async function compress(file) {
  const data = readFileSync(file);
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: 11,
    [constants.BROTLI_PARAM_LGWIN]: 24,
    [constants.BROTLI_PARAM_SIZE_HINT]: data.length,
    // Of WebAssembly most distances are multiples of 4 or 8: told so, it is up to a hundredth smaller.
    [constants.BROTLI_PARAM_NPOSTFIX]: file.endsWith(".wasm") ? 3 : 0,
  };
  writeFileSync(`${file}.br`, await promisify(brotliCompress)(data, { params }));
}

// All at once: the largest take a quarter of a minute each.
const files = readdirSync(dist, { recursive: true, withFileTypes: true }).filter(
  (entry) => entry.isFile() && TEXT.has(extname(entry.name)),
);
await Promise.all(files.map((entry) => compress(join(entry.parentPath ?? entry.path, entry.name))));
