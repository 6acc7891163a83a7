import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { defineConfig } from "vite";

// The names of generated files never change, so a hash goes into their address:
// a browser that kept an older engine then fetches the new one.
function version(...names) {
  const hash = createHash("sha256");
  for (const name of names) {
    const file = new URL(`public/${name}`, import.meta.url);
    if (!existsSync(file)) throw new Error(`web/public/${name} is missing: run ./build.sh build`);
    hash.update(readFileSync(file));
  }
  return hash.digest("hex").slice(0, 16);
}

const tables = new URL("public/tables/", import.meta.url);
const tableFiles = existsSync(tables) ? readdirSync(tables).sort() : ["index.json"];

// What the engine answered when the page was built goes into index.html, so
// that it is there before any script runs.
const staticAnswers = {
  name: "static-answers",
  transformIndexHtml: {
    order: "pre",
    handler(html, { path }) {
      if (path !== "/index.html") return undefined;
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
  transformIndexHtml: (_, { path }) =>
    path === "/index.html"
      ? [
          {
            tag: "link",
            attrs: {
              rel: "preload",
              href: `./page.wasm?v=${version("page.wasm")}`,
              as: "fetch",
              type: "application/wasm",
              crossorigin: "anonymous",
              fetchpriority: "low",
            },
            injectTo: "head",
          },
        ]
      : [],
};

// Go's loader and Lit write to the global object, which on a page with an embed
// is somebody else's. Both get an object of their own in its place.
export const noGlobals = {
  name: "no-globals",
  transform: {
    filter: { id: /(wasm_exec\.js\?scoped|node_modules\/(lit-html|lit-element|@lit\/reactive-element)\/.*\.js)$/ },
    handler(code, id) {
      if (!id.endsWith("?scoped")) {
        const own = code.replaceAll("globalThis", "litScope").replace(/(?<![.\w])litPropertyMetadata\b/g, "litScope.litPropertyMetadata");
        return { code: `const litScope = { ShadowRoot: self.ShadowRoot, trustedTypes: self.trustedTypes };${own}`, map: null };
      }
      const bare = "\tfs.writeSync(";
      if (!code.includes(bare)) throw new Error("wasm_exec.js has changed: look for what it takes from the global object");
      return {
        code: `export default function (globalThis) {\n${code.replace(bare, "\tglobalThis.fs.writeSync(")}\nreturn globalThis.Go;\n}`,
        map: null,
      };
    },
  },
};

export default defineConfig({
  plugins: [staticAnswers, preloadEngine, noGlobals],
  // Relative addresses, so that the page can live in any directory of a site.
  base: "./",
  define: {
    __WASM_VERSION__: JSON.stringify(version("page.wasm")),
    __IMPORT_VERSION__: JSON.stringify(version("import.wasm")),
    __SOURCE_VERSION__: JSON.stringify(version("source.wasm")),
    __TABLES_VERSION__: JSON.stringify(version(...tableFiles.map((name) => `tables/${name}`))),
    __CATALOGUE_VERSION__: JSON.stringify(version("../../engine/catalogue/data/services.bin")),
  },
  worker: { format: "es", plugins: () => [noGlobals] },
  build: {
    target: "es2022",
    // Browsers that know light-dark(): in an embed it follows the page around it,
    // which what older ones would get in its place can't.
    cssTarget: ["chrome123", "firefox120", "safari17.5"],
    rolldownOptions: {
      input: { index: "index.html", embed: "embed/index.html", why403: "src/embed/why403.ts", "embed-frame": "src/embed/embed-frame.ts" },
      output: {
        // Documentation names these two, so their names stay.
        entryFileNames: ({ name }) => (["why403", "embed-frame"].includes(name) ? "[name].js" : "assets/[name]-[hash].js"),
        codeSplitting: {
          groups: [
            { name: "lit", test: /node_modules\/(lit|lit-html|lit-element|@lit)\// },
            // sizes.mjs measures an embed beside the engine's own script.
            { name: "engine-client", test: /src\/engine\/engine-client\.ts$/ },
          ],
        },
      },
    },
    modulePreload: { polyfill: false },
    // supply.mjs makes the list of licences of it.
    license: { fileName: "licenses.json" },
    // The engine is large and not part of the first paint; sizes.mjs reports it.
    reportCompressedSize: false,
  },
});
