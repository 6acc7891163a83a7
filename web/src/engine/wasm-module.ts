// Fetches and compiles a part of the engine. The page does it, not the worker:
// the download can begin with the page's own, and a worker that has to be
// replaced starts at once with what is compiled already.

async function compile(url: string): Promise<WebAssembly.Module> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${new URL(url).pathname.replace(/^.*\//, "")}: HTTP status ${response.status}`);
  // Some servers don't know the type of a .wasm file. Streaming needs it.
  if (response.headers.get("content-type")?.startsWith("application/wasm")) return WebAssembly.compileStreaming(response);
  return WebAssembly.compile(await response.arrayBuffer());
}

const compiled = new Map<string, Promise<WebAssembly.Module>>();

/** Compiles the file at an address, once. After a failure the next call tries again. */
export function wasmModule(url: string): Promise<WebAssembly.Module> {
  const known = compiled.get(url);
  if (known) return known;
  const module = compile(url);
  compiled.set(url, module);
  module.catch(() => compiled.delete(url));
  return module;
}
