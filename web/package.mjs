// Writes the folder npm, which `npm pack` takes: the engine as a module with
// types, its files, and the elements for pages as they are in dist.
import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "vite";
import { noGlobals } from "./vite.config.js";

const at = (path) => fileURLToPath(new URL(path, import.meta.url));

if (!existsSync(at("dist/why403.js"))) {
  console.error("package.mjs: the page is not built: run ./build.sh build first");
  process.exit(1);
}
rmSync(at("npm"), { recursive: true, force: true });
mkdirSync(at("npm"));

await build({
  configFile: false,
  root: at("."),
  logLevel: "error",
  publicDir: false,
  plugins: [noGlobals],
  build: {
    target: "es2022",
    outDir: at("npm"),
    emptyOutDir: false,
    minify: false,
    lib: { entry: at("src/package/index.ts"), formats: ["es"], fileName: () => "index.js" },
  },
});
// Bundlers know a file by this form alone, which the build above writes in another way.
const written = readFileSync(at("npm/index.js"), "utf8");
writeFileSync(at("npm/index.js"), written.replaceAll('"" + import.meta.url', "import.meta.url"));

const types = ["--noEmit", "false", "--declaration", "--emitDeclarationOnly", "--rootDir", at("src"), "--outDir", at("npm/types")];
execFileSync(process.execPath, [at("node_modules/typescript/bin/tsc"), "-p", at("tsconfig.json"), ...types], { stdio: "inherit" });
// Only what index.d.ts names.
for (const folder of readdirSync(at("npm/types")))
  if (!["package", "engine"].includes(folder)) rmSync(at(`npm/types/${folder}`), { recursive: true });
for (const file of readdirSync(at("npm/types/engine"))) if (file !== "contract.d.ts") rmSync(at(`npm/types/engine/${file}`));

// With a whole file name every way of resolving modules finds it.
const entry = at("npm/types/package/index.d.ts");
writeFileSync(entry, readFileSync(entry, "utf8").replaceAll('"../engine/contract"', '"../engine/contract.js"'));

const elements = ["why403.js", "embed-frame.js", "page.wasm", "import.wasm", "licenses.txt", "assets", "catalogue"];
for (const name of elements)
  cpSync(at(`dist/${name}`), at(`npm/${name}`), { recursive: true, filter: (path) => !/\.(br|css|html)$/.test(path) });

const texts = readdirSync(at("dist/catalogue")).filter((name) => name.endsWith(".txt") && !["index.txt", "aws.txt"].includes(name));
const catalogue = texts.map((name) => [name.slice(0, -4), readFileSync(at(`dist/catalogue/${name}`), "utf8")]);
writeFileSync(at("npm/catalogue.json"), JSON.stringify(Object.fromEntries(catalogue)));
