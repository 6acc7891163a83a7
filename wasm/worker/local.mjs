// The built Worker under workerd, on this machine. ./build.sh worker runs it;
// tests and measurements start their own.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Miniflare } from "miniflare";

const here = (name) => fileURLToPath(new URL(name, import.meta.url));

/** What wrangler.jsonc says: JSON, with comments on lines of their own. */
export const config = JSON.parse(readFileSync(here("wrangler.jsonc"), "utf8").replace(/^\s*\/\/.*$/gm, ""));

const MODULES = [
  { type: "ESModule", path: here("dist/code/worker.mjs") },
  { type: "ESModule", path: here("dist/code/go.mjs") },
  { type: "ESModule", path: here("dist/code/wasm_exec.js") },
  { type: "CompiledWasm", path: here("dist/code/app.wasm") },
];

/**
 * Starts the Worker as wrangler.jsonc has it. Links are kept in a folder, or
 * only in memory. Tests change its options, and put workers beside it.
 */
export async function start({ port = 0, folder, options = {}, beside = [] } = {}) {
  const [{ binding, bucket_name: bucket }] = config.r2_buckets;
  const worker = {
    name: config.name,
    modules: MODULES,
    modulesRoot: here("dist/code"),
    compatibilityDate: config.compatibility_date,
    r2Buckets: { [binding]: bucket },
    ratelimits: Object.fromEntries(config.ratelimits.map(({ name, ...limit }) => [name, limit])),
    assets: {
      directory: here(config.assets.directory),
      routerConfig: { has_user_worker: true, static_routing: { user_worker: config.assets.run_worker_first } },
    },
    ...options,
  };
  const miniflare = new Miniflare({ host: "127.0.0.1", port, cf: false, r2Persist: folder ?? false, workers: [worker, ...beside] });
  return { miniflare, url: (await miniflare.ready).origin };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const port = Number(process.env.PORT || 8403);
  const folder = process.env.LINKS || here("dist/links");
  const { url, miniflare } = await start({ port, folder });
  console.log(`why403 is at ${url}/ (Ctrl+C stops it); short links are kept in ${folder}`);
  process.once("SIGINT", () => miniflare.dispose());
}
