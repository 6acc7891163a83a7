// Prints what a visitor downloads and fails if it is over the budget.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const KB = 1000;
const BUDGETS = { wasm: 850 * KB, firstPaint: 60 * KB };

const dist = fileURLToPath(new URL("dist", import.meta.url));

function brotli(data) {
  return brotliCompressSync(data, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: 11,
      [constants.BROTLI_PARAM_LGWIN]: 24,
      [constants.BROTLI_PARAM_SIZE_HINT]: data.length,
    },
  }).length;
}

function measure(name, files) {
  const sum = { raw: 0, gzip: 0, brotli: 0 };
  for (const file of files) {
    const data = readFileSync(join(dist, file));
    sum.raw += data.length;
    sum.gzip += gzipSync(data, { level: 9 }).length;
    sum.brotli += brotli(data);
  }
  const show = (n) => n.toLocaleString("en").padStart(10);
  console.log(`${name.padEnd(34)} raw ${show(sum.raw)}  gzip ${show(sum.gzip)}  brotli ${show(sum.brotli)}`);
  return sum.brotli;
}

// First paint needs the HTML and all that it links to.
const html = readFileSync(join(dist, "index.html"), "utf8");
const linked = [...html.matchAll(/(?:src|href)="\.\/([^"]+\.(?:js|css))"/g)].map((match) => match[1]);
if (!linked.some((file) => file.endsWith(".js")) || !linked.some((file) => file.endsWith(".css"))) {
  throw new Error("index.html links no script or no style sheet");
}

const sizes = {
  wasm: measure("page.wasm", ["page.wasm"]),
  firstPaint: measure("first paint: HTML, CSS, script", ["index.html", ...linked]),
};

let over = false;
for (const [what, budget] of Object.entries(BUDGETS)) {
  if (sizes[what] <= budget) continue;
  console.error(`${what} is over its budget: ${sizes[what]} of ${budget} bytes, brotli`);
  over = true;
}
process.exit(over ? 1 : 0);
