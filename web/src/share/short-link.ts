// Short links, where the page's server keeps them. A private one is encrypted
// here: the server gets a box that it can't open, and the key stays after the
// "#" of the link, which browsers send to no server. What is in the box is the
// link that carries the whole scenario.
import { fromBase64url, toBase64url } from "../links/base64url";

/** A short link, and the token that deletes it. */
export interface ShortLink {
  id: string;
  url: string;
  deleteToken: string;
}

/** Why there is no short link, in words for people. The codes are the server's, and "network", "key" and "unsafe". */
export interface ShortLinkError {
  error: { code: string; message: string };
}

/** The fetch of the browser, or one for tests. */
export type Ask = (url: URL, init: RequestInit) => Promise<Response>;

const KEY_BYTES = 32;
const IV_BYTES = 12;
// A box opens as what it was made for, and as nothing else.
const PURPOSE = new TextEncoder().encode("why403 private link 1");
const PRIVATE = /^#p=([a-z]{24})\.([\w-]{43})$/;

const network = failure("network", "The server of this page can't be reached. Try again.");
const wrongKey = failure("key", "The key does not open this link. Letters were lost or changed on its way: ask for it again.");
const unsafe = failure("unsafe", "This browser encrypts only on pages that come by https.");

function failure(code: string, message: string): ShortLinkError {
  return { error: { code, message } };
}

const inBrowser: Ask = (url, init) => fetch(url, init);

/** Whether the site at that address keeps short links. Static hosts answer with anything. */
export async function keepsShortLinks(site: string, ask = inBrowser): Promise<boolean> {
  const health = await call(ask, site, "api/health", {});
  return field(health, "links") === true;
}

/** Encrypts a link (from its "#" on) and stores the box. */
export async function createPrivate(link: string, site: string, ask = inBrowser): Promise<ShortLink | ShortLinkError> {
  if (!globalThis.crypto.subtle) return unsafe;
  const key = crypto.getRandomValues(new Uint8Array(KEY_BYTES));
  const created = await create({ v: 1, kind: "private", box: toBase64url(await seal(link, key)) }, site, ask);
  return "error" in created ? created : { ...created, url: `${created.url}#${toBase64url(key)}` };
}

/** Publishes a scenario file, for everybody who has the link to read. */
export function createPublic(scenario: string, site: string, ask = inBrowser): Promise<ShortLink | ShortLinkError> {
  return create({ v: 1, kind: "public", scenario }, site, ask);
}

/** Deletes a link. Nothing is wrong where the result is undefined. */
export async function deleteLink({ id, deleteToken }: ShortLink, site: string, ask = inBrowser): Promise<ShortLinkError | undefined> {
  const said = await call(ask, site, `api/links/${id}`, { method: "DELETE", headers: { authorization: `Bearer ${deleteToken}` } });
  return said === undefined ? undefined : problem(said);
}

/** Whether a fragment is that of a private short link, which the page opens. */
export function isPrivate(fragment: string): boolean {
  return fragment.startsWith("#p=");
}

/** Fetches and opens a private link. Gives the link that was encrypted, from its "#" on. */
export async function openPrivate(fragment: string, site: string, ask = inBrowser): Promise<string | ShortLinkError> {
  const [, id, key] = PRIVATE.exec(fragment) ?? [];
  if (id === undefined || key === undefined) return wrongKey;
  if (!globalThis.crypto.subtle) return unsafe;
  const said = await call(ask, site, `api/links/${id}`, {});
  const box = field(said, "box");
  if (typeof box !== "string") return problem(said);
  return unseal(box, fromBase64url(key)).catch(() => wrongKey);
}

/** Fetches a published scenario. */
export async function openPublic(id: string, site: string, ask = inBrowser): Promise<{ scenario: string } | ShortLinkError> {
  const said = await call(ask, site, `api/links/${id}`, {});
  const scenario = field(said, "scenario");
  if (typeof scenario === "string") return { scenario };
  return field(said, "box") === undefined ? problem(said) : wrongKey;
}

async function create(body: object, site: string, ask: Ask): Promise<ShortLink | ShortLinkError> {
  const said = await call(ask, site, "api/links", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  const [id, url, deleteToken] = [field(said, "id"), field(said, "url"), field(said, "deleteToken")];
  return typeof id === "string" && typeof url === "string" && typeof deleteToken === "string" ? { id, url, deleteToken } : problem(said);
}

/** What the server says, as JSON; undefined where it says nothing because all is done, null where it can't be understood. */
async function call(ask: Ask, site: string, path: string, init: RequestInit): Promise<unknown> {
  try {
    const response = await ask(new URL(path, site), { credentials: "omit", referrerPolicy: "no-referrer", redirect: "error", ...init });
    return response.status === 204 ? undefined : await response.json();
  } catch {
    return null;
  }
}

function field(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}

/** The server's own words for what is wrong, where it has any. */
function problem(said: unknown): ShortLinkError {
  const error = field(said, "error");
  const [code, message] = [field(error, "code"), field(error, "message")];
  return typeof code === "string" && typeof message === "string" ? failure(code, message) : network;
}

const algorithm = (iv: Uint8Array<ArrayBuffer>) => ({ name: "AES-GCM", iv, additionalData: PURPOSE });

async function seal(text: string, key: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
  const secret = await crypto.subtle.importKey("raw", key, "AES-GCM", false, ["encrypt"]);
  const sealed = await crypto.subtle.encrypt(algorithm(iv), secret, new TextEncoder().encode(text));
  return Uint8Array.from([...iv, ...new Uint8Array(sealed)]);
}

async function unseal(box: string, key: Uint8Array): Promise<string> {
  const bytes = Uint8Array.from(fromBase64url(box));
  const secret = await crypto.subtle.importKey("raw", Uint8Array.from(key), "AES-GCM", false, ["decrypt"]);
  const opened = await crypto.subtle.decrypt(algorithm(bytes.slice(0, IV_BYTES)), secret, bytes.slice(IV_BYTES));
  return new TextDecoder("utf-8", { fatal: true }).decode(opened);
}
