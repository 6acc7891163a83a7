// Serves the built page from this machine only. Also used by the browser test.
import { createReadStream, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize, sep } from "node:path";
import { fileURLToPath } from "node:url";

const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".wasm": "application/wasm",
};

// The page has its own policy in a meta element. A worker takes its policy from
// its own response, so the server sends one too.
const policy = (framedBy) =>
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self'; " +
  "img-src 'self' data:; font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors " +
  framedBy;

const root = fileURLToPath(new URL("dist", import.meta.url));

function find(url) {
  const path = decodeURIComponent(new URL(url, "http://localhost").pathname);
  const file = normalize(join(root, path.endsWith("/") ? `${path}index.html` : path));
  if (!file.startsWith(root + sep)) return undefined;
  const stat = statSync(file, { throwIfNoEntry: false });
  return stat?.isFile() ? { file, stat } : undefined;
}

// The build leaves a compressed file beside each large one.
function compressed({ file, stat }, accepted) {
  const small = /\bbr\b/.test(accepted ?? "") ? statSync(`${file}.br`, { throwIfNoEntry: false }) : undefined;
  return small ? { file: `${file}.br`, stat: small, encoding: { "content-encoding": "br" } } : { file, stat, encoding: {} };
}

function answer(request, response) {
  let found;
  try {
    found = find(request.url);
  } catch {
    // An address that can't be decoded names no file.
  }
  // This server keeps no short links, and says so to the page that asks.
  if (request.url === "/api/health") {
    response.writeHead(200, { "content-type": "application/json" });
    response.end('{"links":false}\n');
    return;
  }
  if (!found || (request.method !== "GET" && request.method !== "HEAD")) {
    response.writeHead(found ? 405 : 404, { "content-type": "text/plain; charset=utf-8" });
    response.end(found ? "method not allowed\n" : "not found\n");
    return;
  }
  const { file, stat, encoding } = compressed(found, request.headers["accept-encoding"]);
  const etag = `"${stat.size}-${Math.round(stat.mtimeMs)}"`;
  const headers = {
    "content-type": TYPES[extname(found.file)] ?? "application/octet-stream",
    // Everybody may show what is made to be shown in a frame, and use the element's files.
    "content-security-policy": policy(found.file.startsWith(join(root, "embed") + sep) ? "*" : "'self'"),
    "access-control-allow-origin": "*",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cache-control": "no-cache",
    vary: "accept-encoding",
    etag,
    ...encoding,
  };
  if (request.headers["if-none-match"] === etag) {
    response.writeHead(304, headers).end();
    return;
  }
  response.writeHead(200, { ...headers, "content-length": stat.size });
  if (request.method === "HEAD") response.end();
  else
    createReadStream(file)
      .on("error", () => response.destroy())
      .pipe(response);
}

/** Starts the server; port 0 takes a free one. Resolves to the server and its address. */
export function serve(port = 0) {
  const server = createServer(answer);
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => resolve({ server, url: `http://127.0.0.1:${server.address().port}/` }));
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const port = Number(process.env.PORT || 8403);
  try {
    if (!Number.isInteger(port)) throw new Error("PORT must be a number");
    const { url } = await serve(port);
    console.log(`why403 is at ${url} (Ctrl+C stops it)`);
  } catch (error) {
    console.error(error.code === "EADDRINUSE" ? `Port ${port} is taken. Set PORT to another one.` : error.message);
    process.exit(1);
  }
}
