// base64url without padding (RFC 4648), as the links use it.

// Arguments of one call are limited in number.
const CHUNK = 0x8000;

/** Bytes as base64url. */
export function toBase64url(bytes: Uint8Array): string {
  let binary = "";
  for (let i = 0; i < bytes.length; i += CHUNK) binary += String.fromCharCode(...bytes.subarray(i, i + CHUNK));
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

/** The bytes of base64url, as far as it goes. It must have no other letters. */
export function fromBase64url(text: string): Uint8Array {
  const even = text.length % 4 === 1 ? text.slice(0, -1) : text;
  const binary = atob(even.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(binary, (letter) => letter.charCodeAt(0));
}
