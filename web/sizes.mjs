// Prints what a visitor downloads and fails if it is over the budget. The
// Brotli files are those that compress.mjs wrote.
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, posix } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const KB = 1000;
const dist = fileURLToPath(new URL("dist", import.meta.url));

/** The HTML and all that it links to. */
function firstPaint() {
  const html = readFileSync(join(dist, "index.html"), "utf8");
  const linked = [...html.matchAll(/(?:src|href)="\.\/([^"]+\.(?:js|css))"/g)].map((match) => match[1]);
  if (!linked.some((file) => file.endsWith(".js")) || !linked.some((file) => file.endsWith(".css"))) {
    throw new Error("index.html links no script or no style sheet");
  }
  return ["index.html", ...linked];
}

/** The one chunk whose name begins so. */
function chunk(name) {
  const files = readdirSync(join(dist, "assets")).filter((file) => file.startsWith(`${name}-`) && file.endsWith(".js"));
  if (files.length !== 1) throw new Error(`${name} is ${files.length} chunks: it was to be one`);
  return [join("assets", files[0])];
}

/** A script and all that it imports before it runs. */
function script(file, found = []) {
  if (found.includes(file)) return found;
  found.push(file);
  for (const [, next] of readFileSync(join(dist, file), "utf8").matchAll(/\b(?:from|import)"(\.\.?\/[^"]+\.js)"/g)) {
    script(posix.join(posix.dirname(file), next), found);
  }
  return found;
}

/** The element with the answer, beside its loader, the engine and Lit. */
function element() {
  const others = [...script("why403.js"), ...chunk("engine-client"), ...chunk("lit")];
  return script(chunk("scenario-view")[0]).filter((file) => !others.includes(file));
}

const catalogue = (...names) => names.map((name) => join("catalogue", `${name}.txt`));

const PARTS = [
  { name: "page.wasm", files: ["page.wasm"], budget: 850 * KB },
  { name: "import.wasm, when first used", files: ["import.wasm"], budget: 1460 * KB },
  { name: "source.wasm, for infrastructure as code and for stand-ins", files: ["source.wasm"], budget: 2080 * KB },
  { name: "first paint: HTML, CSS, script", files: firstPaint(), budget: 60 * KB },
  { name: "editor", files: chunk("editor"), budget: 105 * KB },
  { name: "embed: why403.js", files: script("why403.js"), budget: 3 * KB },
  { name: "embed: element with the answer", files: element(), budget: 23 * KB },
  { name: "embed-frame.js", files: script("embed-frame.js"), budget: 1 * KB },
  { name: "catalogue of a scenario about S3 and KMS", files: catalogue("index", "aws", "s3", "kms"), budget: 10 * KB },
  { name: "catalogue: the largest service", files: catalogue("ec2"), budget: 14 * KB },
  { name: "examples.json", files: ["examples.json"], budget: 104 * KB },
];

function measure({ name, files }) {
  const sum = { raw: 0, gzip: 0, brotli: 0 };
  for (const file of files) {
    const data = readFileSync(join(dist, file));
    sum.raw += data.length;
    sum.gzip += gzipSync(data, { level: 9 }).length;
    sum.brotli += statSync(join(dist, `${file}.br`)).size;
  }
  const show = (n) => n.toLocaleString("en").padStart(10);
  console.log(`${name.padEnd(34)} raw ${show(sum.raw)}  gzip ${show(sum.gzip)}  brotli ${show(sum.brotli)}`);
  return sum.brotli;
}

let over = false;
for (const part of PARTS) {
  const size = measure(part);
  if (size <= part.budget) continue;
  console.error(`${part.name} is over its budget: ${size} of ${part.budget} bytes, brotli`);
  over = true;
}
process.exit(over ? 1 : 0);
