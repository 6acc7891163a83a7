import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { defineConfig } from "vite";

// The names of generated files never change, so a hash goes into their address:
// a browser that kept an older engine then fetches the new one.
function version(name) {
  const file = new URL(`public/${name}`, import.meta.url);
  if (!existsSync(file)) throw new Error(`web/public/${name} is missing: run ./build.sh build`);
  return createHash("sha256").update(readFileSync(file)).digest("hex").slice(0, 16);
}

// What the engine answered when the page was built goes into index.html, so
// that it is there before any script runs.
const staticAnswers = {
  name: "static-answers",
  transformIndexHtml: {
    order: "pre",
    handler(html) {
      const file = new URL("src/generated/static.html", import.meta.url);
      if (!existsSync(file)) throw new Error("web/src/generated/static.html is missing: run ./build.sh build");
      const place = "<!--static-->";
      if (!html.includes(place)) throw new Error(`index.html has no ${place}: the page would show nothing without a script`);
      // A function, since "$" in a text has a meaning for replace.
      return html.replace(place, () => readFileSync(file, "utf8"));
    },
  },
};

// The engine's download begins with the page's, behind what is painted first.
// The address must be the one that the script asks for.
const preloadEngine = {
  name: "preload-engine",
  transformIndexHtml: () => [
    {
      tag: "link",
      attrs: { rel: "preload", href: `./page.wasm?v=${version("page.wasm")}`, as: "fetch", type: "application/wasm", crossorigin: "anonymous", fetchpriority: "low" },
      injectTo: "head",
    },
  ],
};

export default defineConfig({
  plugins: [staticAnswers, preloadEngine],
  // Relative addresses, so that the page can live in any directory of a site.
  base: "./",
  define: {
    __WASM_VERSION__: JSON.stringify(version("page.wasm")),
    __IMPORT_VERSION__: JSON.stringify(version("import.wasm")),
    __IAM_DATA_VERSION__: JSON.stringify(version("iam-data.json")),
  },
  worker: { format: "es" },
  build: {
    target: "es2022",
    modulePreload: { polyfill: false },
    // The engine is large and not part of the first paint; sizes.mjs reports it.
    reportCompressedSize: false,
  },
});
