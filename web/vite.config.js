import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { defineConfig } from "vite";

// The name of page.wasm never changes, so its hash goes into the address:
// a browser that kept an older engine then fetches the new one.
function wasmVersion() {
  const file = new URL("public/page.wasm", import.meta.url);
  if (!existsSync(file)) throw new Error("web/public/page.wasm is missing: run ./build.sh build");
  return createHash("sha256").update(readFileSync(file)).digest("hex").slice(0, 16);
}

export default defineConfig({
  // Relative addresses, so that the page can live in any directory of a site.
  base: "./",
  define: { __WASM_VERSION__: JSON.stringify(wasmVersion()) },
  worker: { format: "es" },
  build: {
    target: "es2022",
    modulePreload: { polyfill: false },
    // The engine is large and not part of the first paint; sizes.mjs reports it.
    reportCompressedSize: false,
  },
});
