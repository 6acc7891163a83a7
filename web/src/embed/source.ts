// Where the scenario of an embed comes from.
import { fromBase64url } from "../links/base64url";
import { crc32 } from "../links/crc32";

/** A scenario file, and what its link tells of it. */
export interface Source {
  text: string;
  /** The outcomes when the link was made. */
  outcomes: readonly string[];
  /** The link, from its "#" on; "" where it came otherwise. */
  link: string;
}

/** Why there is no scenario, for the reader. */
export class SourceError extends Error {}

const SHORT = /^(.*\/)s\/([a-z]{24})$/;

/**
 * Reads what a src attribute names: a link with #s=, a short link, or a scenario
 * file of the page's own site. Fails with a SourceError.
 */
export async function readSource(src: string): Promise<Source> {
  const link = /[#&]s=.*$/s.exec(src);
  if (link) return readLink(`#${link[0].slice(1)}`);
  const url = address(src);
  const [, site, id] = SHORT.exec(url.origin + url.pathname) ?? [];
  if (site !== undefined && id !== undefined) return short(site, id, url.hash.slice(1));
  if (!/\.(txtar|txt)$/.test(url.pathname))
    throw new SourceError("src is neither a link with #s=, nor a short link, nor a .txtar or .txt file.");
  if (url.origin !== new URL(document.baseURI).origin) throw new SourceError("A scenario file must be on the site of the page itself.");
  return { text: await file(url), outcomes: [], link: "" };
}

function address(src: string): URL {
  try {
    return new URL(src, document.baseURI);
  } catch {
    throw new SourceError("src is not a valid address.");
  }
}

/** Most links are read with what the browser has. The page's own reader, which is larger, knows what is wrong with the others. */
async function readLink(link: string): Promise<Source> {
  const text = await quickly(link).catch(() => undefined);
  if (text !== undefined) return { text, outcomes: outcomesOf(link), link };
  const { decodeLink } = await import("../links/link");
  const found = decodeLink(link);
  if ("error" in found) throw new SourceError(found.error.message);
  return { text: found.text, outcomes: found.outcomes, link };
}

function outcomesOf(link: string): string[] {
  const written = /&o=([a-z.-]+)/.exec(link)?.[1];
  return written ? written.split(".").map((word) => word.replaceAll("-", " ")) : [];
}

/** Reads a deflated blob: see links/blob. Undefined for one that it can't read, or whose sum is wrong. */
async function quickly(link: string): Promise<string | undefined> {
  const blob = /^#s=([\w-]{12,65535})Z(&|$)/.exec(link)?.[1];
  if (blob === undefined) return undefined;
  const packed = fromBase64url(blob) as Uint8Array<ArrayBuffer>;
  const view = new DataView(packed.buffer);
  if (packed[0] !== 1 || packed[1] !== 1) return undefined;
  const bytes = await inflate(packed.subarray(5, -4), view.getUint32(1) & 0xffffff);
  return bytes && crc32(bytes) === view.getUint32(packed.length - 4)
    ? new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes)
    : undefined;
}

/** Inflates what is exactly that long. A stream can hold a thousand times more than its own length, so it stops there. */
async function inflate(stream: Uint8Array<ArrayBuffer>, length: number): Promise<Uint8Array | undefined> {
  const bytes = new Uint8Array(Math.min(length, 262_144));
  const reader = new Blob([stream]).stream().pipeThrough(new DecompressionStream("deflate-raw")).getReader();
  for (let at = 0; ;) {
    const { done, value } = await reader.read();
    if (done) return at === length ? bytes : undefined;
    if (at + value.length > bytes.length) {
      await reader.cancel();
      return undefined;
    }
    bytes.set(value, at);
    at += value.length;
  }
}

async function short(site: string, id: string, key: string): Promise<Source> {
  const { openPrivate, openPublic } = await import("../share/short-link");
  const found = key === "" ? await openPublic(id, site) : await openPrivate(`#p=${id}.${key}`, site);
  if (typeof found === "string") return readLink(found);
  if ("error" in found) throw new SourceError(found.error.message);
  return { text: found.scenario, outcomes: [], link: "" };
}

async function file(url: URL): Promise<string> {
  const name = url.pathname.replace(/^.*\//, "");
  const response = await fetch(url).catch(() => undefined);
  if (!response?.ok) throw new SourceError(`${name} can't be read${response ? `: HTTP status ${response.status}` : ""}.`);
  return response.text();
}
