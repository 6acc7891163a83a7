// The blob of a link. The package engine/link of the engine's side says what
// its bytes are; it reads and writes the same ones.
import { deflateSync } from "fflate";
import { fromBase64url, toBase64url } from "./base64url";
import { crc32 } from "./crc32";
import { inflate, InflateError } from "./inflate";

/** What can be wrong with a link. */
export type Kind = "none" | "cut off" | "damaged" | "too large" | "newer";

/** Why a blob can't be read or written. */
export class BlobError extends Error {
  constructor(readonly kind: Kind) {
    super(kind);
  }
}

const MAX_TEXT = 262_144; // bytes
const MAX_ENCODED = 65_536; // characters, with the Z
const VERSION = 1;
const RAW = 0;
const DEFLATED = 1;
const HEADER = 5;
const SUM = 4;

/** Writes a blob. Half a surrogate pair becomes U+FFFD, as it does on its way to the engine. */
export function pack(text: string): string {
  const bytes = new TextEncoder().encode(text);
  if (bytes.length > MAX_TEXT) throw new BlobError("too large");
  const deflated = deflateSync(bytes, { level: 9 });
  const [codec, payload] = deflated.length < bytes.length ? [DEFLATED, deflated] : [RAW, bytes];
  const packed = new Uint8Array(HEADER + payload.length + SUM);
  packed.set([VERSION, codec, bytes.length >> 16, bytes.length >> 8, bytes.length]);
  packed.set(payload, HEADER);
  new DataView(packed.buffer).setUint32(HEADER + payload.length, crc32(bytes));
  const blob = `${toBase64url(packed)}Z`;
  if (blob.length > MAX_ENCODED) throw new BlobError("too large");
  return blob;
}

/** Reads a blob. One that ends too early is cut off, even where its last letter happens to be a Z. */
export function unpack(blob: string): string {
  if (/[^\w-]/.test(blob)) throw new BlobError("damaged");
  if (blob.length > MAX_ENCODED) throw new BlobError("too large");
  if (!blob.endsWith("Z")) throw new BlobError("cut off");
  const body = blob.slice(0, -1);
  const packed = fromBase64url(body);
  const [version = VERSION, codec = RAW] = packed;
  if (version !== VERSION) throw new BlobError(version > VERSION ? "newer" : "damaged");
  if (packed.length < HEADER + SUM) throw new BlobError("cut off");
  const view = new DataView(packed.buffer);
  const length = view.getUint32(1) & 0xffffff;
  const bytes = unpackPayload(codec, packed.subarray(HEADER, -SUM), length);
  // Bits that no writer sets would be lost on the way back.
  if (toBase64url(packed) !== body || crc32(bytes) !== view.getUint32(packed.length - SUM)) throw new BlobError("damaged");
  return utf8(bytes);
}

function unpackPayload(codec: number, payload: Uint8Array, length: number): Uint8Array {
  if (codec !== RAW && codec !== DEFLATED) throw new BlobError("damaged");
  if (length > MAX_TEXT) throw new BlobError("too large");
  if (codec === DEFLATED) return inflated(payload, length);
  if (payload.length !== length) throw new BlobError(payload.length < length ? "cut off" : "damaged");
  return payload;
}

function inflated(stream: Uint8Array, length: number): Uint8Array {
  try {
    return inflate(stream, length);
  } catch (error) {
    if (!(error instanceof InflateError)) throw error;
    throw new BlobError(error.early ? "cut off" : "damaged");
  }
}

function utf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new BlobError("damaged");
  }
}
