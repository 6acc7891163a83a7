import { fileURLToPath } from "node:url";
import { build } from "vite";

/** Builds a module of the page as the page does, and loads it. */
export async function load(entry) {
  const root = fileURLToPath(new URL("..", import.meta.url));
  const lib = { entry, formats: ["es"] };
  const [{ output }] = await build({ root, configFile: false, publicDir: false, logLevel: "warn", build: { write: false, lib } });
  return import(`data:text/javascript,${encodeURIComponent(output[0].code)}`);
}
