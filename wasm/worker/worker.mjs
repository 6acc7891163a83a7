// The Worker in front of Go. It answers reads from the cache and R2 without
// starting Go, limits the rate of what costs more, and does the reading and
// writing that Go asks for.
import { ask } from "./go.mjs";

// As in link.go: an id is 24 letters of these.
const READ = /^\/(s|api\/links)\/([bcdfghjkmnprstvx]{24})$/;
const MAX_BODY = 64 * 1024;
const MAX_AGE = "public, max-age=300";

const CLOSED = {
  "content-type": "application/json; charset=utf-8",
  "content-security-policy": "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
};

export default {
  async fetch(request, env, ctx) {
    const url = new URL(request.url);
    const read = request.method === "GET" || request.method === "HEAD" ? READ.exec(url.pathname) : null;
    try {
      return (read && (await stored(read, url, env, ctx))) ?? (await limited(request, url, env)) ?? (await answer(request, url, env));
    } catch {
      return failure(500, "bug", "why403 failed at this, which is its fault and not yours.");
    }
  },
};

// As api.go answers; these two never reach it.
const failure = (status, code, message, headers) =>
  new Response(`${JSON.stringify({ error: { code, message } })}\n`, {
    status,
    headers: { ...CLOSED, "cache-control": "no-store", ...headers },
  });

// The address under which the cache keeps an answer. A query changes nothing.
const cached = (url) => url.origin + url.pathname;

/** A link that is there, or nothing: Go has the words for all else. */
async function stored([, view, id], url, env, ctx) {
  const hit = await caches.default.match(cached(url));
  if (hit) return hit;
  const text = await get(env, id).catch(() => "");
  if (!text) return undefined;
  const link = JSON.parse(text);
  // Go renders the page of a link from before links had parts.
  if (view === "s" && !link.parts) return undefined;
  const response = view === "s" ? page(link, url.origin) : content(link);
  ctx.waitUntil(caches.default.put(cached(url), response.clone()));
  return response;
}

const page = ({ parts, policy }, origin) =>
  new Response(parts.join(origin.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`)), {
    headers: { ...CLOSED, "cache-control": MAX_AGE, "content-type": "text/html; charset=utf-8", "content-security-policy": policy },
  });

const content = ({ v, kind, box, scenario }) =>
  new Response(`${JSON.stringify({ v, kind, box, scenario })}\n`, {
    headers: { ...CLOSED, "cache-control": MAX_AGE, "access-control-allow-origin": "*" },
  });

// Which limit of wrangler.jsonc a request counts for. GET has none: what it
// costs most is one look into R2.
function limit({ method }, { pathname }, env) {
  if (method === "GET" || method === "HEAD") return undefined;
  return pathname === "/api/evaluate" ? env.EVALUATIONS : env.WRITES;
}

/** The answer to an address that sends too much, or nothing. */
async function limited(request, url, env) {
  const verdict = await limit(request, url, env)?.limit({ key: request.headers.get("cf-connecting-ip") ?? "" });
  if (verdict?.success !== false) return undefined;
  return failure(429, "rate", "Too many requests came from your address. Wait a minute and try again.", { "retry-after": "60" });
}

/** Asks Go, until nothing is left to read or write before its answer holds. */
async function answer(request, url, env) {
  const headers = new Map();
  for (const name of ["authorization", "content-encoding", "content-type", "origin"]) {
    if (request.headers.has(name)) headers.set(name, request.headers.get(name));
  }
  const body = request.body && (await start(request.body));
  for (;;) {
    const { do: work, ...reply } = await ask(request.method, url.href, headers, body);
    const known = await settle(work, url, env).catch(() => ({ lost: "yes" }));
    if (!known) return response(reply);
    for (const [name, value] of Object.entries(known)) headers.set(`why403-${name}`, value);
  }
}

/** Does what Go asks for. Resolves to what Go has to know before it answers, or to nothing, if its answer holds. */
async function settle({ id, read, create, delete: remove }, url, env) {
  if (read || (create && !(await put(env, id, create)))) return { known: id, link: (await get(env, id)) ?? "" };
  if (remove) await drop(env, url, id);
  return undefined;
}

const get = async (env, id) => (await env.LINKS.get(id))?.text();

/** False where there is a link of that id already. */
const put = (env, id, link) => env.LINKS.put(id, JSON.stringify(link), { onlyIf: new Headers({ "if-none-match": "*" }) });

async function drop(env, { origin }, id) {
  await env.LINKS.delete(id);
  // Caches in other places keep it until its age ends.
  await Promise.all([`/s/${id}`, `/api/links/${id}`].map((path) => caches.default.delete(origin + path)));
}

const response = ({ status, header, body }) =>
  new Response(body === "" ? null : body, {
    status,
    headers: Object.entries(header).flatMap(([name, values]) => values.map((value) => [name, value])),
  });

/** The start of a body: one byte more than is taken, so that Go can tell. */
async function start(stream) {
  const reader = stream.getReader();
  const bytes = new Uint8Array(MAX_BODY + 1);
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return bytes.subarray(0, length);
    bytes.set(value.subarray(0, bytes.length - length), length);
    length = Math.min(bytes.length, length + value.length);
    if (length === bytes.length) {
      await reader.cancel();
      return bytes;
    }
  }
}
